package dev.parallax.benchmarks.accuracy;

import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.npy.NpyFile;
import dev.parallax.onnx.encoder.BundledEncoders;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Definitions of WordNet embedded by every bundled encoder: the real spaces of the studies.
 *
 * <p>Row i is the same text in every space, and rows have unit length. Texts are in the order of
 * their hash, so any run of rows is a random sample of WordNet. Vectors are kept in a folder by a
 * digest of texts, model and runtime; the first run takes some tens of seconds for each encoder.
 */
final class EncodedTexts {

  private static final long SEED = 1;

  private final List<CorpusText> texts;
  private final Map<String, RowMatrix> spaces;

  private EncodedTexts(List<CorpusText> texts, Map<String, RowMatrix> spaces) {
    this.texts = texts;
    this.spaces = spaces;
  }

  /** Reads the vectors of {@code count} texts, or computes and keeps them. */
  static EncodedTexts of(int count, Path folder) throws IOException, InterruptedException {
    List<CorpusText> texts = WordNetCorpus.load().choose(count, SEED);
    Map<String, RowMatrix> spaces = new LinkedHashMap<>();
    Files.createDirectories(folder);
    for (String id : BundledEncoders.ids()) {
      EncoderManifest manifest = BundledEncoders.manifest(id);
      Path file = folder.resolve(id + "-" + digest(manifest, texts) + ".npy");
      if (!Files.exists(file)) {
        NpyFile.write(file, encode(manifest, texts));
      }
      spaces.put(id, RowMatrix.of(NpyFile.read(file).toRows()));
    }
    return new EncodedTexts(texts, spaces);
  }

  private static String digest(EncoderManifest manifest, List<CorpusText> texts) {
    String deciding =
        manifest.digest()
            + "\n"
            + OnnxProvenance.of(SessionSettings.CPU)
            + "\n"
            + String.join("\n", texts.stream().map(CorpusText::text).toList());
    return PinnedBytes.sha256(deciding.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static float[][] encode(EncoderManifest manifest, List<CorpusText> texts)
      throws InterruptedException {
    System.err.printf("embedding %,d texts with %s%n", texts.size(), manifest.id());
    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU)) {
      return ParallelEncoding.encode(
          encoder,
          texts.stream().map(CorpusText::text).toList(),
          Runtime.getRuntime().availableProcessors(),
          done -> {});
    }
  }

  /** Rows of one encoder. */
  RowMatrix space(String encoder) {
    RowMatrix rows = spaces.get(encoder);
    if (rows == null) {
      throw new IllegalArgumentException(
          "encoder=" + encoder + ": expected one of " + spaces.keySet());
    }
    return rows;
  }

  /** Ids of the encoders. */
  List<String> encoders() {
    return List.copyOf(spaces.keySet());
  }

  /** Number of texts. */
  int count() {
    return texts.size();
  }

  /** Indices of the texts whose topic begins with one of these, such as {@code verb.}. */
  int[] indicesOf(String... topics) {
    return IntStream.range(0, texts.size())
        .filter(i -> Arrays.stream(topics).anyMatch(texts.get(i).domain()::startsWith))
        .toArray();
  }
}
