package dev.parallax.onnx.encoder;

import dev.parallax.onnx.model.ModelRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The encoders whose weights come with the build, as jars from Maven Central. Their licences allow
 * redistribution; each manifest names its own.
 */
public final class BundledEncoders {

  /** all-MiniLM-L6-v2 in single precision, the default reference space. */
  public static final String MINILM = "all-minilm-l6-v2";

  /** The same, quantised to 8 bits. */
  public static final String MINILM_QUANTISED = "all-minilm-l6-v2-q";

  /** BGE small English 1.5, quantised. */
  public static final String BGE_QUANTISED = "bge-small-en-v1.5-q";

  /** E5 small 2, quantised. */
  public static final String E5_QUANTISED = "e5-small-v2-q";

  static final String FOLDER = "dev/parallax/onnx/encoders/";

  private BundledEncoders() {}

  /** Ids of all, the default reference first. */
  public static List<String> ids() {
    return List.of(MINILM, MINILM_QUANTISED, BGE_QUANTISED, E5_QUANTISED);
  }

  /**
   * A bundled encoder's manifest.
   *
   * @throws IllegalArgumentException for an id that is not among {@link #ids}
   */
  public static EncoderManifest manifest(String id) {
    if (!ids().contains(id)) {
      throw new IllegalArgumentException(
          "encoder=" + id + ": expected one of " + String.join(", ", ids()));
    }
    String resource = FOLDER + id + ".json";
    try (InputStream in = BundledEncoders.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelRefusedException(
            "classpath:" + resource + " refused: not on the class path");
      }
      return EncoderManifest.read("classpath:" + resource, in.readAllBytes());
    } catch (IOException e) {
      throw new ModelRefusedException("classpath:" + resource + " refused: unreadable", e);
    }
  }
}
