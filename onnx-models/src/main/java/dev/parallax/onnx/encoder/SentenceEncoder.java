package dev.parallax.onnx.encoder;

import dev.parallax.onnx.runtime.OnnxProvenance;
import java.util.List;

/**
 * Turns texts into vectors. On a processor a text's vector depends on that text alone, to the last
 * bit: not on its batch, its order or the thread that asks. On a device, which picks its kernels by
 * the size of a batch, that holds to 1e-6 in cosine. Safe for use by several threads.
 */
public interface SentenceEncoder extends AutoCloseable {

  /**
   * Embeds texts of any content and length.
   *
   * @return one vector of the manifest's dimension per text, in order
   */
  float[][] encode(List<String> texts);

  EncoderManifest manifest();

  OnnxProvenance provenance();

  /**
   * SHA-256, in lower-case hexadecimal, of the manifest's digest and the provenance: vectors under
   * the same digest are interchangeable to the last bit, so it is the key to keep them under.
   */
  String digest();

  @Override
  void close();
}
