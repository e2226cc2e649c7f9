package dev.parallax.benchmarks.kernel;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.neighbour.MutualKnn;
import dev.parallax.core.neighbour.NearestNeighbours;
import dev.parallax.onnx.graph.GraphResult;
import dev.parallax.onnx.graph.KnnOverlap;
import dev.parallax.onnx.graph.KnnOverlapGraph;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * The ten nearest neighbours of 1,024 pairs in two spaces and their overlap; against the two Gram
 * matrices that they are read from. Not final: the harness extends it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NeighboursBenchmark {

  private static final int PAIRS = 1024;
  private static final int K = 10;

  /** A neighbour may change places with one that single precision cannot tell from it. */
  private static final double TOLERANCE = 1e-3;

  /** Width of the live and of the reference rows. */
  @Param({"384,384", "768,384", "1536,768"})
  public String widths = "";

  private float[][] live = {};
  private float[][] reference = {};
  private double expected;
  private @Nullable GraphResult<KnnOverlap> scored;
  private KnnOverlapGraph graph;
  private BareProduct liveGram;
  private BareProduct referenceGram;

  /** Makes rows and sessions. */
  @Setup
  public void open() {
    int[] width = Arrays.stream(widths.split(",")).mapToInt(Integer::parseInt).toArray();
    reference = FollowingRows.reference(PAIRS, width[1], 1);
    live = FollowingRows.live(reference, width[0], 2);
    expected =
        MutualKnn.of(
                NearestNeighbours.of(RowMatrix.of(live), K),
                NearestNeighbours.of(RowMatrix.of(reference), K))
            .raw();
    graph = KnnOverlapGraph.open(SessionSettings.CPU);
    liveGram = new BareProduct(1, PAIRS, width[0], PAIRS);
    referenceGram = new BareProduct(1, PAIRS, width[1], PAIRS);
  }

  /** What the monitor calls. */
  @Benchmark
  public GraphResult<KnnOverlap> graph() {
    GraphResult<KnnOverlap> result = graph.score(live, reference, K);
    scored = result;
    return result;
  }

  /** The two Gram matrices, and nothing else. */
  @Benchmark
  public FloatBuffer products() {
    liveGram.run();
    return referenceGram.run();
  }

  /** Holds the last overlap to the plain definition. */
  @TearDown(Level.Iteration)
  public void check() {
    if (scored != null) {
      if (!(scored instanceof GraphResult.Stated<KnnOverlap> stated
          && Math.abs(stated.value().mutual().raw() - expected) <= TOLERANCE)) {
        throw new IllegalStateException("expected an overlap of " + expected + ", got " + scored);
      }
    }
    liveGram.check();
    referenceGram.check();
  }

  /** Closes the sessions. */
  @TearDown
  public void close() {
    graph.close();
    liveGram.close();
    referenceGram.close();
  }
}
