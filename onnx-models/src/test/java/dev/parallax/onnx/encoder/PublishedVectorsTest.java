package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against vectors made without ONNX Runtime and without our code; see {@code vectors/README.md}.
 */
class PublishedVectorsTest {

  static List<String> ids() {
    return BundledEncoders.ids();
  }

  /**
   * The tolerance is that of the golden vector: 1e-6 in single precision, where 6e-13 was seen, and
   * 5e-3 for quantised models, which agree to 1e-13 until a rounding puts one activation on the
   * other side of a step: 1e-3 was seen then.
   */
  @ParameterizedTest
  @MethodSource("ids")
  void aVectorIsThatOfTheModelsCardByAnotherRuntime(String id) throws IOException {
    EncoderManifest manifest = BundledEncoders.manifest(id);
    JsonNode expected = expected();
    List<String> texts = new ArrayList<>();
    expected.get("texts").forEach(text -> texts.add(text.asText()));
    SessionSettings settings = manifest.quantised() ? SessionSettings.CPU : TestProvider.settings();

    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, settings)) {
      float[][] vectors = encoder.encode(texts);
      for (int i = 0; i < vectors.length; i++) {
        float[] published = vector(expected.get("vectors").get(id).get(i).asText());
        assertThat(1 - cosine(vectors[i], published))
            .as(texts.get(i))
            .isLessThan(1 - manifest.golden().leastCosine());
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static float[] vector(String base64) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    float[] vector = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private static JsonNode expected() throws IOException {
    try (InputStream in =
        PublishedVectorsTest.class.getResourceAsStream("/vectors/expected.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
