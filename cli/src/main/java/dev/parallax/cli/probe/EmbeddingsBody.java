package dev.parallax.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.cli.probe.CycleException.Kind;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.BodyReaders;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bodies of OpenAI's embeddings endpoint; answers are read as ingest reads them. */
final class EmbeddingsBody {

  /** How the endpoint is asked to write numbers; what it then does is read either way. */
  enum Encoding {
    FLOAT,
    BASE64
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> model;
  private final Encoding encoding;
  private final BodyReader reader =
      BodyReaders.of(Format.OPENAI, FormatOptions.NONE, EventLimits.DEFAULT);

  EmbeddingsBody(Optional<String> model, Encoding encoding) {
    this.model = model;
    this.encoding = encoding;
  }

  /**
   * An answer.
   *
   * @param model the model that it says it is of
   * @param vectors one for each text, in order, of one width, finite and not zero
   */
  record Answer(Optional<String> model, List<WireVector> vectors) {

    Answer {
      vectors = List.copyOf(vectors);
    }
  }

  byte[] request(List<String> texts) {
    ObjectNode request = JSON.createObjectNode();
    model.ifPresent(name -> request.put("model", name));
    texts.forEach(request.putArray("input")::add);
    request.put("encoding_format", encoding.name().toLowerCase(Locale.ROOT));
    try {
      return JSON.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  Answer answer(byte[] bytes, int texts) throws CycleException {
    Payload payload;
    try {
      payload = reader.read(Body.of(bytes));
    } catch (RejectedBodyException e) {
      // Its detail may quote the body: services repeat keys and inputs in their failures.
      throw unusable(e.rejection().reason().label());
    }
    if (!(payload instanceof Payload.Response response)) {
      throw unusable("a request");
    }
    if (response.outputs().size() != texts) {
      throw unusable(response.outputs().size() + " embeddings for " + texts + " texts");
    }
    List<WireVector> vectors = new ArrayList<>();
    for (ModelOutput output : response.outputs()) {
      vectors.add(vector(output));
    }
    return new Answer(response.names().model(), vectors);
  }

  private static WireVector vector(ModelOutput output) throws CycleException {
    if (output instanceof ModelOutput.Unusable unusable) {
      throw unusable(unusable.rejection());
    }
    WireVector vector = ((ModelOutput.Embedding) output).vector();
    Optional<Rejection> fault = EventValidator.checkVector("embedding", vector);
    if (fault.isPresent()) {
      throw unusable(fault.get());
    }
    return vector;
  }

  private static CycleException unusable(Rejection rejection) {
    return unusable(rejection.reason().label() + ", " + rejection.detail());
  }

  private static CycleException unusable(String what) {
    return new CycleException(
        Kind.UNUSABLE, "expected the embeddings of the texts, the answer is " + what);
  }
}
