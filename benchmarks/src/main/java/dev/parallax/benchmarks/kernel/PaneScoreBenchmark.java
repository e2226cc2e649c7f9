package dev.parallax.benchmarks.kernel;

import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneScore;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * The score of panes of 1,024 pairs, rows on the heap in, HSIC values on the heap out; against the
 * Gram products inside it alone, and against square products of as many operations.
 *
 * <p>Not final: the harness extends it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PaneScoreBenchmark {

  static final int PAIRS = 1024;
  private static final int BATCH = PaneHsicGraph.BATCH;
  private static final int SQUARE = 256;

  /** Largest difference to the plain definition, relative to √(xx · yy). */
  private static final double TOLERANCE = 1e-5;

  /** Width of the live and of the reference rows. */
  @Param({"384,384", "768,384", "1536,768"})
  public String widths = "";

  /** Panes in one call. */
  @Param({"1", "8"})
  public int panes;

  private float[][] live = {};
  private float[][] reference = {};
  private List<HsicTriple> exact = List.of();
  private final PaneSums sums = new PaneSums();
  private @Nullable PaneScore last;
  private PaneHsicGraph graph;
  private BareProduct liveGram;
  private BareProduct referenceGram;
  private BareProduct square;

  /** Makes rows and sessions. */
  @Setup
  public void open() {
    int[] width = Arrays.stream(widths.split(",")).mapToInt(Integer::parseInt).toArray();
    reference = FollowingRows.reference(panes * PAIRS, width[1], 1);
    live = FollowingRows.live(reference, width[0], 2);
    int batches = panes * PAIRS / BATCH;
    exact =
        IntStream.range(0, batches)
            .mapToObj(
                b ->
                    DebiasedHsic.of(
                        Arrays.copyOfRange(live, b * BATCH, (b + 1) * BATCH),
                        Arrays.copyOfRange(reference, b * BATCH, (b + 1) * BATCH)))
            .toList();
    graph = PaneHsicGraph.open(SessionSettings.CPU);
    liveGram = new BareProduct(batches, BATCH, width[0], BATCH);
    referenceGram = new BareProduct(batches, BATCH, width[1], BATCH);
    square = new BareProduct(panes, SQUARE, width[0] + width[1], SQUARE);
  }

  /** What the monitor calls. */
  @Benchmark
  public PaneScore graph() {
    PaneScore score = graph.score(live, reference, sums);
    last = score;
    return score;
  }

  /** The two Gram matrices of every batch, and nothing else. */
  @Benchmark
  public FloatBuffer products() {
    liveGram.run();
    return referenceGram.run();
  }

  /** As many multiplications and additions in products of the shape that suits the machine. */
  @Benchmark
  public FloatBuffer squareProducts() {
    return square.run();
  }

  /** Holds what was computed last to the plain definitions; allocates nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    if (last != null) {
      if (last != sums || sums.batches() != exact.size()) {
        throw new IllegalStateException(
            "expected " + exact.size() + " batches, got " + last + " of " + sums.batches());
      }
      for (int b = 0; b < exact.size(); b++) {
        requireClose(b, exact.get(b), sums.triple(b));
      }
    }
    square.check();
    liveGram.check();
    referenceGram.check();
  }

  private static void requireClose(int batch, HsicTriple exact, HsicTriple found) {
    double scale = Math.sqrt(exact.xx() * exact.yy());
    if (!(Math.abs(found.xy() - exact.xy()) <= TOLERANCE * scale
        && Math.abs(found.xx() - exact.xx()) <= TOLERANCE * exact.xx()
        && Math.abs(found.yy() - exact.yy()) <= TOLERANCE * exact.yy())) {
      throw new IllegalStateException("batch " + batch + ": expected " + exact + ", got " + found);
    }
  }

  /** Closes the sessions. */
  @TearDown
  public void close() {
    graph.close();
    liveGram.close();
    referenceGram.close();
    square.close();
  }
}
