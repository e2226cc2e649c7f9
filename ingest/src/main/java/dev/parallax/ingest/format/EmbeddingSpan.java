package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one span says in the attributes of OpenInference, and turns it into calls.
 *
 * <p>The input of embedding N is its {@code embedding.text}; where no embedding of the span has
 * one, it is the N-th input of the request in {@code input.value}. A text that was redacted is an
 * input that cannot be read.
 *
 * @see <a href="https://github.com/Arize-ai/openinference/blob/main/spec/embedding_spans.md">The
 *     conventions</a>
 */
final class EmbeddingSpan {

  private static final String KIND = "openinference.span.kind";
  private static final String MODEL = "embedding.model_name";
  private static final String INPUT = "input.value";
  private static final String EMBEDDINGS = "embedding.embeddings.";
  private static final String TEXT = ".embedding.text";
  private static final String VECTOR = ".embedding.vector";
  private static final String REDACTED = "__REDACTED__";
  private static final int MAX_INDEX_DIGITS = 6;

  private static final ModelOutput NEITHER =
      Vectors.unusable(Reason.MALFORMED, "embedding.vector is neither JSON nor base64");
  private static final ModelOutput NO_VECTOR =
      Vectors.unusable(Reason.MISSING_FIELD, "an embedding has a text and no vector");
  private static final ModelOutput NO_EMBEDDING =
      Vectors.unusable(Reason.NO_FLOAT_OUTPUT, "the span has no " + EMBEDDINGS + "N" + VECTOR);
  private static final ModelOutput FAILED =
      Vectors.unusable(Reason.ERROR_BODY, "the span ended with an error");
  private static final ModelInput REDACTED_TEXT =
      TextInputs.unreadable("embedding.text is " + REDACTED);

  private final Map<Integer, ModelOutput> vectors = new TreeMap<>();
  private final Map<Integer, String> texts = new TreeMap<>();
  private boolean embedding;
  private boolean failed;
  private String model = "";
  private String traceId = "";
  private String spanId = "";
  private @Nullable String input;
  private OptionalLong timeMillis = OptionalLong.empty();

  /** Whether an attribute of that name says anything here. */
  static boolean knows(String name) {
    return name.equals(KIND)
        || name.equals(MODEL)
        || name.equals(INPUT)
        || (name.startsWith(EMBEDDINGS) && (name.endsWith(TEXT) || name.endsWith(VECTOR)));
  }

  /** The vector that a text is: packed JSON, base64, or redacted. */
  static ModelOutput vectorOf(String text) {
    if (text.stripLeading().startsWith("[")) {
      try {
        JsonValue packed = JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
        return Vectors.of(packed);
      } catch (NotJsonException e) {
        return NEITHER;
      }
    }
    return Vectors.of(new JsonValue.Str(text));
  }

  void ids(String trace, String span) {
    traceId = trace;
    spanId = span;
  }

  void endMillis(long millis) {
    timeMillis = OptionalLong.of(millis);
  }

  /** The span ended with an error. */
  void fail() {
    failed = true;
  }

  /** An attribute that is a text. */
  void text(String name, String value) {
    if (name.equals(KIND)) {
      embedding = value.equalsIgnoreCase("EMBEDDING");
    } else if (name.equals(MODEL)) {
      model = value;
    } else if (name.equals(INPUT)) {
      input = value;
    } else if (name.endsWith(TEXT)) {
      int index = indexIn(name, TEXT);
      if (index >= 0) {
        texts.put(index, value);
      }
    } else {
      vector(name, vectorOf(value));
    }
  }

  /** An attribute that is a vector, or should be. */
  void vector(String name, ModelOutput value) {
    int index = name.endsWith(VECTOR) ? indexIn(name, VECTOR) : -1;
    if (index >= 0) {
      vectors.put(index, value);
    }
  }

  /** Whether it is a span of kind embedding. */
  boolean isEmbedding() {
    return embedding;
  }

  /** One call for each embedding; one of a span without any is there and unusable. */
  List<Payload.Call> calls(Map<String, String> attributes) {
    List<ModelInput> requested = texts.isEmpty() ? requestedInputs() : List.of();
    TreeMap<Integer, ModelOutput> outputs = new TreeMap<>(vectors);
    for (Integer index : texts.keySet()) {
      outputs.putIfAbsent(index, NO_VECTOR);
    }
    if (outputs.isEmpty()) {
      outputs.put(0, noEmbedding());
    }
    List<Payload.Call> calls = new ArrayList<>(outputs.size());
    outputs.forEach(
        (index, output) ->
            calls.add(
                new Payload.Call(
                    new CallNames(idOf(index), Optional.of(model), Optional.empty()),
                    inputOf(index, requested),
                    output,
                    timeMillis,
                    attributes)));
    return calls;
  }

  private ModelOutput noEmbedding() {
    return failed ? FAILED : NO_EMBEDDING;
  }

  private Optional<String> idOf(int index) {
    return traceId.isEmpty() || spanId.isEmpty()
        ? Optional.empty()
        : Optional.of(traceId + ":" + spanId + ":" + index);
  }

  private Optional<ModelInput> inputOf(int index, List<ModelInput> requested) {
    String text = texts.get(index);
    if (text != null) {
      return Optional.of(text.equals(REDACTED) ? REDACTED_TEXT : new ModelInput.Text(text));
    }
    return index < requested.size() ? Optional.of(requested.get(index)) : Optional.empty();
  }

  private List<ModelInput> requestedInputs() {
    if (input == null || input.equals(REDACTED)) {
      return List.of();
    }
    try {
      JsonValue request = JsonTree.read(input.getBytes(StandardCharsets.UTF_8));
      if (request instanceof JsonValue.Obj) {
        Optional<JsonValue> asked = request.get("input");
        return asked.isPresent() ? TextInputs.of(INPUT, asked.get()) : List.of();
      }
    } catch (RejectedBodyException e) {
      return List.of();
    } catch (NotJsonException e) {
      // Not a request, so the text is the input itself.
    }
    return vectors.size() == 1 ? List.of(new ModelInput.Text(input)) : List.of();
  }

  private static int indexIn(String name, String ending) {
    int end = name.length() - ending.length();
    if (end <= EMBEDDINGS.length() || end - EMBEDDINGS.length() > MAX_INDEX_DIGITS) {
      return -1;
    }
    int index = 0;
    for (int i = EMBEDDINGS.length(); i < end; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      index = 10 * index + digit - '0';
    }
    return index;
  }
}
