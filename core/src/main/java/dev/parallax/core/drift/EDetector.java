package dev.parallax.core.drift;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A mixture Shiryaev–Roberts e-detector of a rise in the mean of a sequence of figures, one a pane.
 *
 * <p>With Y clipped from below at b, a hypothesis E[Y | past] ≤ μ₀ and bets λ_j = c_j / (μ₀ − b):
 *
 * <pre>M_j ← (M_j + 1) · (1 + λ_j (Y − μ₀)),   evidence = mean of M_j</pre>
 *
 * <p>An alarm at evidence ≥ A comes on average no sooner than after A panes without a change,
 * whatever the distribution of Y. Clipping on the side away from the alarm lets the bets be large.
 * The estimated change is the last time at which the CUSUM twin of the leading bet, M_j ← max(M_j,
 * 1) · (…), stood at 1; leading is the bet with the largest M_j.
 *
 * <p>Evidence is kept as logarithms and held at {@link Parameters#ceilingLog()} by scaling all M_j
 * down together; smaller values never break the promise. The evidence of a clear fault takes long
 * to fall, so whoever uses a detector starts it again once {@link #calmPanes()} says that the cause
 * is mended. Logarithms are those of {@link StrictMath}, equal on every machine. Immutable.
 *
 * @see <a href="https://doi.org/10.51387/23-NEJSDS51">Shin, Ramdas and Rinaldo (2023)</a>
 */
public final class EDetector {

  private static final double[] BETS = {0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};

  /** Number of bets. */
  static final int BET_COUNT = BETS.length;

  private static final double LOG_10 = StrictMath.log(10);

  private final Parameters parameters;
  private final double[] logs;
  private final double[] twinLogs;
  private final long[] changes;
  private final int calmPanes;

  private EDetector(
      Parameters parameters, double[] logs, double[] twinLogs, long[] changes, int calmPanes) {
    this.parameters = parameters;
    this.logs = logs;
    this.twinLogs = twinLogs;
    this.changes = changes;
    this.calmPanes = calmPanes;
  }

  /** A detector that has seen nothing. */
  public static EDetector start(Parameters parameters) {
    double[] none = new double[BETS.length];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    return new EDetector(parameters, none, new double[BETS.length], new long[BETS.length], 0);
  }

  /**
   * The detector after one more figure, that of the pane that starts at {@code paneStart}.
   *
   * @throws IllegalArgumentException if the figure is not finite: it would never leave the evidence
   */
  public EDetector next(double figure, long paneStart) {
    if (!Double.isFinite(figure)) {
      throw new IllegalArgumentException("detector: expected a finite number, got " + figure);
    }
    double clipped = Math.max(figure, parameters.clip());
    double room = parameters.mean() - parameters.clip();
    double[] nextLogs = new double[BETS.length];
    double[] nextTwins = new double[BETS.length];
    long[] nextChanges = changes.clone();
    for (int j = 0; j < BETS.length; j++) {
      double gain = logGain(BETS[j], room, clipped - parameters.mean());
      nextLogs[j] = logOnePlus(logs[j]) + gain;
      if (twinLogs[j] <= 0) {
        nextChanges[j] = paneStart;
      }
      nextTwins[j] = Math.min(Math.max(twinLogs[j], 0) + gain, parameters.ceilingLog());
    }
    double excess = logMean(nextLogs) - parameters.ceilingLog();
    for (int j = 0; excess > 0 && j < BETS.length; j++) {
      nextLogs[j] -= excess;
    }
    int calm = figure <= parameters.mean() ? calmPanes + 1 : 0;
    return new EDetector(parameters, nextLogs, nextTwins, nextChanges, calm);
  }

  /**
   * What a figure multiplies M_j + 1 by, for every bet.
   *
   * @param into takes the factors, from index {@code at} on
   */
  static void factors(Parameters parameters, double figure, double[] into, int at) {
    double excess = Math.max(figure, parameters.clip()) - parameters.mean();
    double room = parameters.mean() - parameters.clip();
    for (int j = 0; j < BETS.length; j++) {
      into[at + j] = 1 + BETS[j] / room * excess;
    }
  }

  /** log(1 + c/room · excess). */
  private static double logGain(double c, double room, double excess) {
    double product = c / room * excess;
    // Where the product overflows the 1 is long lost, and logarithms still tell the bets apart.
    return product < Double.POSITIVE_INFINITY
        ? StrictMath.log1p(product)
        : StrictMath.log(c) - StrictMath.log(room) + StrictMath.log(excess);
  }

  /** log(1 + eˣ). */
  private static double logOnePlus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  /** The natural logarithm of the mean of eˣ. */
  private static double logMean(double[] logs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      largest = Math.max(largest, log);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - largest);
    }
    return largest + StrictMath.log(sum / logs.length);
  }

  /** Decimal logarithm of the evidence; 0 when it is 1 or less, or when nothing was seen. */
  public double evidenceLog10() {
    // Scaling to the ceiling may miss it by a rounding.
    return Math.max(0, Math.min(logMean(logs), parameters.ceilingLog()) / LOG_10);
  }

  /** Start of the pane at which the leading bet sees the change, if it sees one. */
  public OptionalLong estimatedChange() {
    int leading = 0;
    for (int j = 1; j < BETS.length; j++) {
      // Of equal ones the larger bet: it forgets faster, so it dates better.
      if (logs[j] >= logs[leading]) {
        leading = j;
      }
    }
    return twinLogs[leading] > 0 ? OptionalLong.of(changes[leading]) : OptionalLong.empty();
  }

  /** How many figures in a row, up to the last one, were at or below the mean under test. */
  public int calmPanes() {
    return calmPanes;
  }

  /** The parameters. */
  public Parameters parameters() {
    return parameters;
  }

  /** What a codec needs, its arrays shared and not to be changed. */
  State state() {
    return new State(logs, twinLogs, changes, calmPanes);
  }

  static EDetector of(Parameters parameters, State state) {
    if (state.logs().length != BETS.length
        || state.twinLogs().length != BETS.length
        || state.changes().length != BETS.length) {
      throw new IllegalArgumentException(
          "detector: expected the state of " + BETS.length + " bets, got " + state.logs().length);
    }
    return new EDetector(
        parameters, state.logs(), state.twinLogs(), state.changes(), state.calmPanes());
  }

  /** The memory of a detector: one entry a bet, and the calm panes. */
  record State(double[] logs, double[] twinLogs, long[] changes, int calmPanes) {}

  /**
   * What is tested, and against what.
   *
   * @param mean μ₀, the largest mean that is still healthy
   * @param clip b, below {@code mean}
   * @param ceilingLog natural logarithm at which the evidence is held
   */
  public record Parameters(double mean, double clip, double ceilingLog) {

    /** Checks that there is room between clip and mean. */
    public Parameters {
      if (!(clip < mean)) {
        throw new IllegalArgumentException(
            "detector: expected the clip below the mean, got " + clip + " and " + mean);
      }
    }
  }
}
