package dev.parallax.onnx.graph;

import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.graph.PaneScore.Side;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Debiased HSIC of a pane's mini-batches by ONNX Runtime.
 *
 * <p>Equals {@link DebiasedHsic} on each batch within 1e-5 of √(xx·yy), for rows of any offset and
 * of any magnitude that a float can have. Where single-precision products cannot keep that promise
 * (a side that hardly varies, as one of equal rows; few rows of many columns; products beyond the
 * ends of single precision) the definition itself is asked, and the value is the definition's. A
 * batch with a NaN or infinite entry is a reason, never a number.
 *
 * <p>On a processor the bits of a batch of {@value #BATCH} depend on its rows alone, not on how
 * many batches come with it or on the number of threads. A CUDA device picks its kernels by shape:
 * there a pane repeats to the bit, and one of its batches in other company to rounding.
 *
 * <p>Batches are fed by powers of two, 8 at most on a processor and 128 on a device, never padded,
 * so there are few shapes to keep tensors for; memory is kept and used again, and what a call
 * leaves on the heap grows with the number of runs alone. One instance is for one thread, made when
 * an operator opens and closed with it; the session behind it is shared.
 */
public final class PaneHsicGraph implements AutoCloseable {

  /** Pairs in a batch. */
  public static final int BATCH = StatisticsGraph.BLOCK;

  /**
   * Rows fed at once; bounds the memory that a long sample takes. Measured: half as many pay the
   * cost of starting a run twice as often, twice as many no longer fit the cache between two steps.
   */
  private static final int ROWS_PER_RUN = 512;

  /** A device is hardly busy with less, and waits for the start of every run. */
  private static final int ROWS_PER_RUN_ON_A_DEVICE = 8192;

  /** Sums of squared norms between these have products clear of both ends of single precision. */
  private static final double LEAST_NORMS = 0x1p-64;

  private static final double GREATEST_NORMS = 0x1p96;

  /**
   * Most that the mean squared norm may be in units of √(m(m−3)·xx), the size of the U-centred
   * kernel. The relative error of xx grows with it: over sizes, widths, offsets and outliers it was
   * below 1e-7 + 1e-6 times it, and 64 rows of 768 independent columns have 0.4.
   */
  private static final double GREATEST_NOISE = 6;

  private final Lease<GraphSession> session;
  private final int rowsPerRun;
  private final CentredBatches batchesX = new CentredBatches();
  private final CentredBatches batchesY = new CentredBatches();

  /** Tensors for 2^i batches of the last shape, made when first needed. */
  private final @Nullable PaneTensors[] tensors;

  private int batchOfTensors;
  private int widthXOfTensors;
  private int widthYOfTensors;

  private PaneHsicGraph(Lease<GraphSession> session) {
    this.session = session;
    this.rowsPerRun =
        session.value().settings().provider().kind() == ExecutionProvider.Kind.CUDA
            ? ROWS_PER_RUN_ON_A_DEVICE
            : ROWS_PER_RUN;
    this.tensors = new PaneTensors[Integer.SIZE - Integer.numberOfLeadingZeros(rowsPerRun)];
  }

  /** Joins the users of the shared session. */
  public static PaneHsicGraph open(SessionSettings settings) {
    return new PaneHsicGraph(SharedSessions.acquire(StatisticsGraph.PANE_HSIC.source(), settings));
  }

  /** As {@link #score(float[][], float[][], PaneSums)}, into sums that are the caller's to keep. */
  public PaneScore score(float[][] x, float[][] y) {
    return score(x, y, new PaneSums());
  }

  /**
   * Scores consecutive batches of {@value #BATCH} pairs in the given order. Pairs after the last
   * full batch are left out and not looked at.
   *
   * @param x live rows of one width
   * @param y reference rows of one width, row i of the same input as row i of {@code x}
   * @param into filled with the values of each batch, none for fewer than {@value #BATCH} pairs;
   *     undefined when a reason is returned
   * @return {@code into}, or the reason why there are no values
   * @throws IllegalArgumentException when the counts differ or a row has another width
   */
  public PaneScore score(float[][] x, float[][] y, PaneSums into) {
    return score(x, y, BATCH, into);
  }

  /**
   * As {@link #score(float[][], float[][], PaneSums)} in batches of another size, for which bits
   * may depend on how many batches come together.
   *
   * @param batch pairs in a batch, {@link DebiasedHsic#MIN_PAIRS} or more
   */
  public PaneScore score(float[][] x, float[][] y, int batch, PaneSums into) {
    if (batch < DebiasedHsic.MIN_PAIRS) {
      throw new IllegalArgumentException(
          "expected batches of " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + batch);
    }
    PaneShape shape = PaneShape.of(x, y);
    int batches = shape.count() / batch;
    into.reset(batches);
    int most = Math.max(1, rowsPerRun / batch);
    for (int first = 0; first < batches; ) {
      int count = Integer.highestOneBit(Math.min(batches - first, most));
      PaneTensors run = tensors(count, batch, shape.widthX(), shape.widthR());
      for (int i = 0; i < count; i++) {
        batchesX.fill(i, x, (first + i) * batch, batch, shape.widthX());
        batchesY.fill(i, y, (first + i) * batch, batch, shape.widthR());
      }
      if (batch == BATCH) {
        session.value().runInto(run.inputs(), run.outputs());
      } else {
        session.value().runOnceInto(run.inputs(), run.outputs());
      }
      for (int i = 0; i < count; i++) {
        if (keepsDigits(run.xx(i), run.norms(i, Side.LIVE), batch)
            && keepsDigits(run.yy(i), run.norms(i, Side.REFERENCE), batch)) {
          into.set(first + i, run.xy(i), run.xx(i), run.yy(i));
        } else {
          PaneScore.NotFinite reason = define(x, y, first + i, batch, into);
          if (reason != null) {
            return reason;
          }
        }
      }
      first += count;
    }
    return into;
  }

  /** Written so that NaN keeps none. */
  private static boolean keepsDigits(double hsic, double norms, int m) {
    double size = Math.sqrt(m * (m - 3.0) * hsic);
    return norms >= LEAST_NORMS && norms <= GREATEST_NORMS && norms <= GREATEST_NOISE * m * size;
  }

  /** By the plain definition, unless there is a reason why not. */
  private static PaneScore.@Nullable NotFinite define(
      float[][] x, float[][] y, int index, int batch, PaneSums into) {
    int from = index * batch;
    int to = from + batch;
    for (int i = from; i < to; i++) {
      if (!isFinite(x[i])) {
        return new PaneScore.NotFinite(Side.LIVE, i);
      }
      if (!isFinite(y[i])) {
        return new PaneScore.NotFinite(Side.REFERENCE, i);
      }
    }
    HsicTriple triple =
        DebiasedHsic.of(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
    into.set(index, triple.xy(), triple.xx(), triple.yy());
    return null;
  }

  private static boolean isFinite(float[] row) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private PaneTensors tensors(int count, int batch, int widthX, int widthY) {
    if (batch != batchOfTensors || widthX != widthXOfTensors || widthY != widthYOfTensors) {
      closeTensors();
      batchOfTensors = batch;
      widthXOfTensors = widthX;
      widthYOfTensors = widthY;
    }
    int slot = Integer.numberOfTrailingZeros(count);
    PaneTensors made = tensors[slot];
    if (made == null) {
      int rows = Math.multiplyExact(count, batch);
      if (!batchesX.holds(Math.multiplyExact(rows, widthX))
          || !batchesY.holds(Math.multiplyExact(rows, widthY))) {
        closeTensors();
      }
      made = new PaneTensors(batchesX, batchesY, count, batch, widthX, widthY);
      tensors[slot] = made;
    }
    return made;
  }

  private void closeTensors() {
    for (int i = 0; i < tensors.length; i++) {
      PaneTensors made = tensors[i];
      if (made != null) {
        made.close();
        tensors[i] = null;
      }
    }
  }

  /** SHA-256 of the graph, for provenance. */
  public String sha256() {
    return session.value().sha256();
  }

  @Override
  public void close() {
    try {
      closeTensors();
    } finally {
      session.close();
    }
  }
}
