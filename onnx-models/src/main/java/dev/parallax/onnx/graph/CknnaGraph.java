package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Centred kernel nearest-neighbour alignment of paired rows by ONNX Runtime.
 *
 * <p>Equals {@link dev.parallax.core.neighbour.Cknna} within 1e-5 wherever single precision can
 * tell the neighbours apart; see {@link KnnOverlapGraph} for how ties fall. Memory about 80 n²
 * bytes. One instance is for one thread; the session behind it is shared.
 */
public final class CknnaGraph implements AutoCloseable {

  /** What the released code adds to the denominator, in squared inner products of the rows. */
  private static final double RELEASED_EPSILON = 1e-6;

  private static final Set<String> OUTPUTS =
      new LinkedHashSet<>(
          List.of(
              "debiased_xy",
              "debiased_xx",
              "debiased_yy",
              "published_xy",
              "published_xx",
              "published_yy"));

  private final Lease<GraphSession> session;
  private final NeighbourInput input = new NeighbourInput();

  private CknnaGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static CknnaGraph open(SessionSettings settings) {
    return new CknnaGraph(SharedSessions.acquire(StatisticsGraph.CKNNA.source(), settings));
  }

  /**
   * Scores paired rows, compared by inner product as given.
   *
   * @param production n rows of one width
   * @param reference n rows of one width, row i of the same item as row i of {@code production}
   * @param k neighbours of each row, 1 or more, capped at n − 1
   * @return all undefined below two pairs and where an entry is not finite, the debiased ones also
   *     below four pairs
   * @throws IllegalArgumentException when the row counts differ, a row has another width than the
   *     first, or k is less than 1
   */
  public CknnaFigures score(float[][] production, float[][] reference, int k) {
    Optional<Statistic.Undefined> none = input.fill(production, reference, k);
    if (none.isPresent()) {
      return new CknnaFigures(none.get(), none.get(), none.get());
    }
    try (OnnxTensor x = input.x().tensor();
        OnnxTensor y = input.y().tensor();
        OnnxTensor count = Scalars.of((long) input.k());
        OrtSession.Result result =
            session.value().run(Map.of("x", x, "y", y, "k", count), OUTPUTS)) {
      Statistic published = ratio(value(result, 3), value(result, 4), value(result, 5));
      if (input.count() < DebiasedHsic.MIN_PAIRS) {
        Statistic tooFew =
            new Statistic.Undefined(
                Statistic.Cause.TOO_FEW_PAIRS,
                "expected " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + input.count());
        return new CknnaFigures(published, tooFew, tooFew);
      }
      double xy = value(result, 0);
      double xx = value(result, 1);
      double yy = value(result, 2);
      return new CknnaFigures(published, ratio(xy, xx, yy), asReleased(xy, xx, yy));
    }
  }

  private static double value(OrtSession.Result result, int output) {
    return ((OnnxTensor) result.get(output)).getDoubleBuffer().get(0);
  }

  private static Statistic ratio(double xy, double xx, double yy) {
    if (!(xx > 0) || !(yy > 0)) {
      return noVariance(xx > 0 ? "reference" : "production");
    }
    return new Statistic.Stated(xy / Math.sqrt(xx) / Math.sqrt(yy));
  }

  private Statistic asReleased(double xy, double xx, double yy) {
    if (xx * yy < 0) {
      return noVariance(xx < 0 ? "production" : "reference");
    }
    // The rows are in other units here, and the epsilon is not free of them.
    double epsilon = Math.scalb(RELEASED_EPSILON, -input.exponent());
    return new Statistic.Stated(xy / (Math.sqrt(xx * yy) + epsilon));
  }

  private static Statistic noVariance(String side) {
    return new Statistic.Undefined(
        Statistic.Cause.DEGENERATE,
        "the masked kernel of the " + side + " matrix has no positive HSIC with itself");
  }

  /** SHA-256 of the graph, for provenance. */
  public String sha256() {
    return session.value().sha256();
  }

  @Override
  public void close() {
    session.close();
  }
}
