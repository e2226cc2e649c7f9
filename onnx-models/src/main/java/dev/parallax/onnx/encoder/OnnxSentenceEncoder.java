package dev.parallax.onnx.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parallax.onnx.encoder.TextBatches.Batch;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.OnnxRuntime;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link SentenceEncoder} on ONNX Runtime.
 *
 * <p>Texts share runs as {@link TextBatches} says: on a processor only texts of equal token count,
 * so that nothing is padded, on a device those of nearly equal count, and of a quantised model
 * none.
 */
public final class OnnxSentenceEncoder implements SentenceEncoder {

  private static final String ATTENTION_MASK = "attention_mask";

  private final EncoderManifest manifest;
  private final TextTokenizer tokenizer;
  private final Lease<GraphSession> session;
  private final TextBatches batches;
  private final OnnxProvenance provenance;
  private final String digest;
  private final Optional<GoldenVector.Match> goldenMatch;

  private OnnxSentenceEncoder(
      EncoderManifest manifest,
      TextTokenizer tokenizer,
      Lease<GraphSession> session,
      TextBatches batches) {
    this.manifest = manifest;
    this.tokenizer = tokenizer;
    this.session = session;
    this.batches = batches;
    this.provenance = OnnxProvenance.of(session.value().settings());
    this.digest =
        PinnedBytes.sha256(
            (manifest.digest() + "\n" + provenance).getBytes(StandardCharsets.UTF_8));
    GoldenVector golden = manifest.golden();
    this.goldenMatch =
        golden == null
            ? Optional.empty()
            : Optional.of(golden.check(manifest.id(), encode(List.of(golden.input()))[0]));
  }

  /**
   * Loads an encoder and recomputes its golden vector.
   *
   * @throws ModelRefusedException when a file is not the pinned one, the model's inputs are not
   *     those of the manifest, or the golden vector comes out differently
   * @throws dev.parallax.onnx.runtime.ProviderUnavailableException when CUDA is asked for and
   *     cannot start
   */
  public static OnnxSentenceEncoder open(EncoderManifest manifest, SessionSettings settings) {
    return open(manifest, settings, batches(manifest, settings.provider()));
  }

  private static TextBatches batches(EncoderManifest manifest, ExecutionProvider provider) {
    if (manifest.quantised()) {
      return TextBatches.SINGLE;
    }
    boolean masked = manifest.inputs().contains(ATTENTION_MASK);
    return masked && provider.kind() == ExecutionProvider.Kind.CUDA
        ? TextBatches.DEVICE
        : TextBatches.PROCESSOR;
  }

  /** An encoder whose texts share runs in another way than they would. */
  static OnnxSentenceEncoder open(
      EncoderManifest manifest, SessionSettings settings, TextBatches batches) {
    TextTokenizer tokenizer = TextTokenizer.open(manifest.tokenizer().load(), manifest.maxLength());
    Lease<GraphSession> session = null;
    try {
      session = SharedSessions.acquire(manifest.model(), settings);
      requireInputs(manifest, session.value());
      return new OnnxSentenceEncoder(manifest, tokenizer, session, batches);
    } catch (RuntimeException e) {
      tokenizer.close();
      if (session != null) {
        session.close();
      }
      throw e;
    }
  }

  private static void requireInputs(EncoderManifest manifest, GraphSession session) {
    if (!session.inputNames().equals(Set.copyOf(manifest.inputs()))) {
      throw new ModelRefusedException(
          manifest.id()
              + " refused: its model has the inputs "
              + session.inputNames()
              + ", expected "
              + manifest.inputs());
    }
  }

  @Override
  public float[][] encode(List<String> texts) {
    Encoding[] encodings = new Encoding[texts.size()];
    Arrays.setAll(encodings, i -> tokenizer.encode(manifest.prefix() + texts.get(i)));
    int[] lengths = Arrays.stream(encodings).mapToInt(e -> e.getIds().length).toArray();
    float[][] vectors = new float[texts.size()][];
    for (Batch batch : batches.plan(lengths, manifest.maxLength())) {
      run(encodings, batch, vectors);
    }
    return vectors;
  }

  private void run(Encoding[] encodings, Batch batch, float[][] vectors) {
    int tokens = batch.tokens();
    int dimension = manifest.dimension();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String input : manifest.inputs()) {
        inputs.put(input, tensor(input, encodings, batch));
      }
      float[] hidden = new float[batch.texts().size() * tokens * dimension];
      try (OrtSession.Result result = session.value().run(inputs, Set.of(manifest.output()))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        if (values.remaining() != hidden.length) {
          throw new ModelRefusedException(
              manifest.id()
                  + " refused: its output has "
                  + values.remaining()
                  + " values, expected "
                  + hidden.length);
        }
        values.get(hidden);
      }
      int first = 0;
      for (int text : batch.texts()) {
        int own = encodings[text].getIds().length;
        vectors[text] =
            manifest.pooling().pool(hidden, first, own, dimension, manifest.normalise());
        first += tokens * dimension;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Padding is zero throughout: a token that exists in every vocabulary, and masked. */
  private OnnxTensor tensor(String input, Encoding[] encodings, Batch batch) {
    int tokens = batch.tokens();
    LongBuffer values = LongBuffer.allocate(batch.texts().size() * tokens);
    int first = 0;
    for (int text : batch.texts()) {
      values.position(first).put(part(input, encodings[text]));
      first += tokens;
    }
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.get().environment(),
          values.clear(),
          new long[] {batch.texts().size(), tokens});
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  private long[] part(String input, Encoding encoding) {
    return switch (input) {
      case "input_ids" -> encoding.getIds();
      case ATTENTION_MASK -> encoding.getAttentionMask();
      case "token_type_ids" -> encoding.getTypeIds();
      default ->
          throw new ModelRefusedException(
              manifest.id()
                  + " refused: unknown input '"
                  + input
                  + "', expected input_ids, attention_mask or token_type_ids");
    };
  }

  @Override
  public EncoderManifest manifest() {
    return manifest;
  }

  @Override
  public OnnxProvenance provenance() {
    return provenance;
  }

  @Override
  public String digest() {
    return digest;
  }

  /** How the golden vector came out; empty for a derived manifest, which has none. */
  public Optional<GoldenVector.Match> goldenMatch() {
    return goldenMatch;
  }

  @Override
  public void close() {
    session.close();
    tokenizer.close();
  }
}
