package dev.parallax.core.drift;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A model and its reference: inputs come from six clusters, reference vectors are 12 wide, live
 * vectors are a linear map of them plus noise, 10 wide. Clusters differ in how noisy they are, so a
 * change of their shares moves the raw residual. Rows are normalised.
 */
final class SyntheticWorld {

  static final Series SERIES = Series.of("model", "1", "reference");
  static final long PANE_MILLIS = 60_000;
  static final int PAIRS = 512;
  static final int BATCH = 64;
  static final double[] USUAL_MIX = {1, 1, 1, 1, 1, 1};

  private static final int Q = 12;
  private static final int P = 10;

  private final long seed;
  private final double[][] centres;
  private final double[][] map;

  SyntheticWorld(long seed) {
    Random random = new Random(seed);
    this.seed = seed;
    this.centres = gaussian(random, USUAL_MIX.length, Q);
    this.map = gaussian(random, Q, P);
  }

  private static double[][] gaussian(Random random, int n, int width) {
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return rows;
  }

  /** The {@code index}-th pane of a healthy model. */
  PairedPane healthy(int index) {
    return pane(index, PAIRS, USUAL_MIX, Fault.NONE);
  }

  PairedPane faulty(int index, Fault fault) {
    return pane(index, PAIRS, USUAL_MIX, fault);
  }

  /** A pane whose clusters have shares proportional to {@code mix}. */
  PairedPane pane(int index, int pairs, double[] mix, Fault fault) {
    Random random = new Random(seed * 1_000_003 + index);
    float[][] live = new float[pairs][];
    float[][] reference = new float[pairs][];
    for (int i = 0; i < pairs; i++) {
      int cluster = draw(random, mix);
      double noise = (0.1 + 0.08 * cluster) / Math.sqrt(P);
      double[] r = new double[Q];
      Arrays.setAll(r, j -> centres[cluster][j] + 0.25 * random.nextGaussian());
      double[] exact = new double[P];
      for (int k = 0; k < Q; k++) {
        for (int j = 0; j < P; j++) {
          exact[j] += r[k] * map[k][j];
        }
      }
      float[] clean = normalised(exact);
      double[] x = new double[P];
      Arrays.setAll(x, j -> clean[j] + noise * random.nextGaussian());
      reference[i] = normalised(r);
      live[i] = normalised(x);
    }
    return pane(index, fault.damage.apply(live, random), reference);
  }

  static PairedPane pane(int index, float[][] live, float[][] reference) {
    return pane(index, live, reference, new EventCounts(live.length + 7, 4, 3, 0, 0, 0));
  }

  static PairedPane pane(int index, float[][] live, float[][] reference, EventCounts counts) {
    return new PairedPane(
        SERIES, index * PANE_MILLIS, keys(index, live.length), live, ones(live), reference, counts);
  }

  private static List<InputKey> keys(int index, int count) {
    return IntStream.range(0, count).mapToObj(i -> new InputKey(index, i)).toList();
  }

  private static float[] ones(float[][] rows) {
    float[] norms = new float[rows.length];
    Arrays.fill(norms, 1);
    return norms;
  }

  /** A pane in which only late events were counted. */
  static PairedPane empty(int index) {
    return pane(index, new float[0][], new float[0][], new EventCounts(2, 0, 0, 2, 0, 0));
  }

  private static int draw(Random random, double[] mix) {
    double draw = random.nextDouble() * Arrays.stream(mix).sum();
    int cluster = 0;
    while (cluster < mix.length - 1 && draw >= mix[cluster]) {
      draw -= mix[cluster++];
    }
    return cluster;
  }

  private static float[] normalised(double[] row) {
    double squares = 0;
    for (double value : row) {
      squares += value * value;
    }
    float[] result = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      result[j] = (float) (row[j] / Math.sqrt(squares));
    }
    return result;
  }

  /** Debiased HSIC of the pane's whole batches of {@value #BATCH} pairs. */
  static MiniBatchMoments moments(PairedPane pane) {
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int from = 0; from + BATCH <= pane.pairs(); from += BATCH) {
      moments =
          moments.plus(
              DebiasedHsic.of(
                  RowMatrix.of(Arrays.copyOfRange(pane.live(), from, from + BATCH)),
                  RowMatrix.of(Arrays.copyOfRange(pane.reference(), from, from + BATCH))));
    }
    return moments;
  }

  /** What can go wrong with live vectors. */
  enum Fault {
    NONE((live, random) -> live),
    /** Noise at 40% of the norm. */
    NOISE((live, random) -> eachRow(live, row -> noisy(row, random))),
    /** Half of the dimensions lost. */
    ZEROED((live, random) -> eachRow(live, SyntheticWorld::halfZeroed)),
    /** Columns turned round by one: an orthogonal map. */
    ROTATED((live, random) -> eachRow(live, SyntheticWorld::turned)),
    /** 30% of the answers are the previous request's. */
    STALE(SyntheticWorld::stale),
    /** The same answer to everything. */
    CONSTANT((live, random) -> eachRow(live, row -> live[0].clone())),
    /** The first eight dimensions only. */
    TRUNCATED((live, random) -> truncated(live));

    private final BiFunction<float[][], Random, float[][]> damage;

    Fault(BiFunction<float[][], Random, float[][]> damage) {
      this.damage = damage;
    }
  }

  private static float[][] eachRow(float[][] rows, UnaryOperator<float[]> change) {
    return Arrays.stream(rows).map(change).toArray(float[][]::new);
  }

  private static float[] noisy(float[] row, Random random) {
    double[] result = new double[row.length];
    Arrays.setAll(result, j -> row[j] + 0.4 / Math.sqrt(P) * random.nextGaussian());
    return normalised(result);
  }

  private static float[] halfZeroed(float[] row) {
    double[] result = new double[row.length];
    for (int j = 0; j < P / 2; j++) {
      result[j] = row[j];
    }
    return normalised(result);
  }

  private static float[] turned(float[] row) {
    float[] result = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      result[(j + 1) % row.length] = row[j];
    }
    return result;
  }

  private static float[][] stale(float[][] live, Random random) {
    float[][] result = live.clone();
    for (int i = 1; i < live.length; i++) {
      if (random.nextDouble() < 0.3) {
        result[i] = live[i - 1];
      }
    }
    return result;
  }

  private static float[][] truncated(float[][] live) {
    return eachRow(live, row -> Arrays.copyOf(row, 8));
  }
}
