package dev.parallax.onnx.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link SentenceEncoder} on ONNX Runtime.
 *
 * <p>Texts of equal token count share a batch, so nothing is ever padded: padding would change the
 * order of addition in the attention of long texts. A quantised model scales its activations over
 * the whole batch and therefore gets one text at a time.
 */
public final class OnnxSentenceEncoder implements SentenceEncoder {

  /** Texts in a batch; more gain nothing on a processor. */
  private static final int MAX_BATCH = 32;

  private final EncoderManifest manifest;
  private final TextTokenizer tokenizer;
  private final Lease<GraphSession> session;
  private final OnnxProvenance provenance;
  private final String digest;
  private final Optional<GoldenVector.Match> goldenMatch;

  private OnnxSentenceEncoder(
      EncoderManifest manifest, TextTokenizer tokenizer, Lease<GraphSession> session) {
    this.manifest = manifest;
    this.tokenizer = tokenizer;
    this.session = session;
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
    TextTokenizer tokenizer = TextTokenizer.open(manifest.tokenizer().load(), manifest.maxLength());
    Lease<GraphSession> session = null;
    try {
      session = SharedSessions.acquire(manifest.model(), settings);
      requireInputs(manifest, session.value());
      return new OnnxSentenceEncoder(manifest, tokenizer, session);
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
    Integer[] byLength = new Integer[texts.size()];
    for (int i = 0; i < encodings.length; i++) {
      encodings[i] = tokenizer.encode(manifest.prefix() + texts.get(i));
      byLength[i] = i;
    }
    Arrays.sort(byLength, Comparator.comparingInt(i -> length(encodings[i])));
    float[][] vectors = new float[texts.size()][];
    int from = 0;
    while (from < byLength.length) {
      int to = batchEnd(encodings, byLength, from);
      run(encodings, Arrays.copyOfRange(byLength, from, to), vectors);
      from = to;
    }
    return vectors;
  }

  private int batchEnd(Encoding[] encodings, Integer[] byLength, int from) {
    int limit = Math.min(byLength.length, from + (manifest.quantised() ? 1 : MAX_BATCH));
    int to = from + 1;
    while (to < limit && length(encodings[byLength[to]]) == length(encodings[byLength[from]])) {
      to++;
    }
    return to;
  }

  private static int length(Encoding encoding) {
    return encoding.getIds().length;
  }

  private void run(Encoding[] encodings, Integer[] batch, float[][] vectors) {
    int tokens = length(encodings[batch[0]]);
    int dimension = manifest.dimension();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String input : manifest.inputs()) {
        inputs.put(input, tensor(input, encodings, batch, tokens));
      }
      float[] hidden = new float[batch.length * tokens * dimension];
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
      for (int i = 0; i < batch.length; i++) {
        int first = i * tokens * dimension;
        vectors[batch[i]] =
            manifest.pooling().pool(hidden, first, tokens, dimension, manifest.normalise());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(String input, Encoding[] encodings, Integer[] batch, int tokens) {
    LongBuffer values = LongBuffer.allocate(batch.length * tokens);
    for (int index : batch) {
      values.put(part(input, encodings[index]));
    }
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.get().environment(), values.flip(), new long[] {batch.length, tokens});
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  private long[] part(String input, Encoding encoding) {
    return switch (input) {
      case "input_ids" -> encoding.getIds();
      case "attention_mask" -> encoding.getAttentionMask();
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
