package dev.parallax.benchmarks.kernel;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Texts of WordNet to vectors, tokenizing included; against float32 products of as many operations.
 *
 * <p>The operations of a text of t tokens in a layer are {@code 24 t d² + 4 t² d}: four projections
 * and a feed-forward block of width 4d, and attention. The quantised model does as many, in eight
 * bits. Not final: the harness extends it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncoderBenchmark {

  private static final int LAYERS = 6;
  private static final int FEED_FORWARD = 4;
  private static final long SEED = 3;

  /** Which encoder. */
  @Param({BundledEncoders.MINILM, BundledEncoders.MINILM_QUANTISED})
  public String encoder = "";

  /** Texts in one call. */
  @Param({"1", "8", "32", "128"})
  public int texts;

  private List<String> inputs = List.of();
  private float[][] vectors = {};
  private float[][] expected = {};
  private OnnxSentenceEncoder opened;
  private BareProduct product;
  private int repeats;

  /** Loads the model and counts the operations of the texts. */
  @Setup
  public void open() throws IOException {
    EncoderManifest manifest = BundledEncoders.manifest(encoder);
    inputs = WordNetCorpus.load().choose(texts, SEED).stream().map(CorpusText::text).toList();
    opened = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU);
    expected = new float[texts][];
    for (int i = 0; i < texts; i++) {
      expected[i] = opened.encode(List.of(inputs.get(i)))[0];
    }
    int width = manifest.dimension();
    int tokens = 0;
    double operations = 0;
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(manifest.tokenizer().load().open(), Map.of())) {
      for (String input : inputs) {
        int length = tokenizer.encode(manifest.prefix() + input).getIds().length;
        tokens += length;
        operations += LAYERS * (24.0 * length * width * width + 4.0 * length * length * width);
      }
    }
    product = new BareProduct(1, tokens, width, FEED_FORWARD * width);
    repeats = (int) Math.round(operations / (2.0 * tokens * width * FEED_FORWARD * width));
  }

  /** What the monitor calls. */
  @Benchmark
  public float[][] encode() {
    vectors = opened.encode(inputs);
    return vectors;
  }

  /** As many multiplications and additions in products like those of the feed-forward block. */
  @Benchmark
  public FloatBuffer products() {
    for (int i = 1; i < repeats; i++) {
      product.run();
    }
    return product.run();
  }

  /** Holds the last vectors to those of the texts one by one. */
  @TearDown(Level.Iteration)
  public void check() {
    for (int i = 0; i < vectors.length; i++) {
      double cosine = 0;
      for (int j = 0; j < expected[i].length; j++) {
        cosine += (double) vectors[i][j] * expected[i][j];
      }
      if (!(cosine > 1 - 1e-5)) {
        throw new IllegalStateException(
            "text " + i + ": expected its own vector, got one at cosine " + cosine);
      }
    }
    product.check();
  }

  /** Closes the sessions. */
  @TearDown
  public void close() {
    opened.close();
    product.close();
  }
}
