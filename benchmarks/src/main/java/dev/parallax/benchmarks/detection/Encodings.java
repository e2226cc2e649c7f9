package dev.parallax.benchmarks.detection;

import dev.parallax.core.npy.NpyFile;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.encoder.ParallelEncoding;
import dev.parallax.onnx.encoder.SentenceEncoder;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.SessionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Encodes texts, and keeps the vectors in a folder by a digest of texts, model and runtime. */
final class Encodings {

  private final Path folder;

  Encodings(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The vectors of {@code texts}. */
  Space of(EncoderManifest manifest, List<String> texts) throws IOException, InterruptedException {
    String deciding =
        manifest.digest()
            + "\n"
            + OnnxProvenance.of(SessionSettings.CPU)
            + "\n"
            + String.join("\n", texts);
    String digest = PinnedBytes.sha256(deciding.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(digest.substring(0, 16) + ".npy");
    if (!Files.exists(file)) {
      System.err.printf("embedding %,d texts with %s%n", texts.size(), manifest.id());
      try (SentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU)) {
        float[][] vectors =
            ParallelEncoding.encode(
                encoder, texts, Runtime.getRuntime().availableProcessors(), done -> {});
        Path part = file.resolveSibling(digest.substring(0, 16) + ".part");
        NpyFile.write(part, vectors);
        Files.move(part, file);
      }
    }
    double[][] rows = NpyFile.read(file).toRows();
    float[][] vectors = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      vectors[i] = new float[rows[i].length];
      for (int j = 0; j < rows[i].length; j++) {
        vectors[i][j] = (float) rows[i][j];
      }
    }
    return Space.of(vectors);
  }
}
