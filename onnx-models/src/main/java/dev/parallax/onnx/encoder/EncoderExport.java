package dev.parallax.onnx.encoder;

import dev.parallax.onnx.runtime.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Computes the golden vectors of the bundled encoders anew; run it, and look at the difference,
 * after changing a manifest by hand or the version of a model's jar.
 */
public final class EncoderExport {

  private EncoderExport() {}

  /**
   * @param args the folder of the manifests, {@code src/main/resources/dev/parallax/onnx/encoders}
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (String id : BundledEncoders.ids()) {
      Path file = folder.resolve(id + ".json");
      EncoderManifest manifest = EncoderManifest.read(file.toString(), Files.readAllBytes(file));
      GoldenVector golden = manifest.golden();
      if (golden == null) {
        throw new IllegalArgumentException(file + ": expected a golden vector");
      }
      float[] vector = vector(manifest, golden.input());
      Files.write(folder.resolve(id + ".bin"), GoldenVector.toBytes(vector));
      String location = golden.vector().location();
      GoldenVector computed =
          GoldenVector.of(golden.input(), vector, location, golden.leastCosine());
      Files.write(file, manifest.withGolden(computed).toJson());
    }
  }

  /** A derived manifest has the same vectors and no golden one to fail on. */
  private static float[] vector(EncoderManifest manifest, String input) {
    EncoderManifest unchecked = manifest.withMaxLength(manifest.maxLength());
    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(unchecked, SessionSettings.CPU)) {
      return encoder.encode(List.of(input))[0];
    }
  }
}
