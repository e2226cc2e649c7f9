package dev.parallax.core.translation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The sums from which a {@link Translation} is fitted. They add up over panes, so a baseline of any
 * length costs the same memory: (q + p + q² + qp) doubles for width p of the live space and q of
 * the reference.
 *
 * <p>Rows are taken relative to two fixed origins, which must be near their means: sums of squares
 * far from the origin lose their digits. Not thread-safe.
 */
public final class TranslationSums {

  private final float[] liveOrigin;
  private final float[] referenceOrigin;
  private long rows;
  private final double[] live;
  private final double[] reference;
  private final double[] referenceSquares;
  private final double[] referenceByLive;

  /**
   * Sums of no rows.
   *
   * @param liveOrigin origin of the live rows, length p
   * @param referenceOrigin origin of the reference rows, length q
   */
  public TranslationSums(float[] liveOrigin, float[] referenceOrigin) {
    this(
        liveOrigin.clone(),
        referenceOrigin.clone(),
        0,
        new double[liveOrigin.length],
        new double[referenceOrigin.length],
        new double[referenceOrigin.length * referenceOrigin.length],
        new double[referenceOrigin.length * liveOrigin.length]);
  }

  private TranslationSums(
      float[] liveOrigin,
      float[] referenceOrigin,
      long rows,
      double[] live,
      double[] reference,
      double[] referenceSquares,
      double[] referenceByLive) {
    this.liveOrigin = liveOrigin;
    this.referenceOrigin = referenceOrigin;
    this.rows = rows;
    this.live = live;
    this.reference = reference;
    this.referenceSquares = referenceSquares;
    this.referenceByLive = referenceByLive;
  }

  /** Restores sums from their parts, as {@link #parts()} gives them. */
  public static TranslationSums of(Parts parts) {
    return new TranslationSums(
        parts.liveOrigin(),
        parts.referenceOrigin(),
        parts.rows(),
        parts.live(),
        parts.reference(),
        parts.referenceSquares(),
        parts.referenceByLive());
  }

  /** Width p of the live rows. */
  public int liveWidth() {
    return liveOrigin.length;
  }

  /** Width q of the reference rows. */
  public int referenceWidth() {
    return referenceOrigin.length;
  }

  /** Origin of the live rows, length p. */
  public float[] liveOrigin() {
    return liveOrigin.clone();
  }

  /** Origin of the reference rows, length q. */
  public float[] referenceOrigin() {
    return referenceOrigin.clone();
  }

  /** Number of rows summed. */
  public long rows() {
    return rows;
  }

  /**
   * Adds rows by their products, which a kernel has computed relative to the origins.
   *
   * @param count number of rows
   * @param liveSum sum of the live rows, length p
   * @param referenceSum sum of the reference rows, length q
   * @param squares RᵀR, row-major q × q
   * @param byLive RᵀX, row-major q × p
   * @throws IllegalArgumentException if a length is another; nothing is added then
   */
  public void add(
      int count, double[] liveSum, double[] referenceSum, double[] squares, double[] byLive) {
    requireLength(live, liveSum);
    requireLength(reference, referenceSum);
    requireLength(referenceSquares, squares);
    requireLength(referenceByLive, byLive);
    rows += count;
    addTo(live, liveSum);
    addTo(reference, referenceSum);
    addTo(referenceSquares, squares);
    addTo(referenceByLive, byLive);
  }

  private static void requireLength(double[] sum, double[] added) {
    if (sum.length != added.length) {
      throw new IllegalArgumentException(
          "expected " + sum.length + " elements, got " + added.length);
    }
  }

  private static void addTo(double[] sum, double[] added) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += added[i];
    }
  }

  /** A copy that shares nothing with this. */
  public TranslationSums copy() {
    return new TranslationSums(
        liveOrigin,
        referenceOrigin,
        rows,
        live.clone(),
        reference.clone(),
        referenceSquares.clone(),
        referenceByLive.clone());
  }

  /**
   * Fits the ridge map that takes centred reference rows to centred live rows.
   *
   * <p>W = (C_rr + λI)⁻¹ C_rx with C the centred sums of products and λ = {@code ridge} ·
   * tr(C_rr)/q, so that {@code ridge} is relative to the mean eigenvalue and does not depend on
   * scale or on the number of rows. Cost O(q²(q + p)).
   *
   * @param ridge above 0
   * @throws IllegalStateException if the reference has no variance, so that nothing can be fitted
   */
  public Translation fit(double ridge) {
    int q = reference.length;
    int p = live.length;
    DMatrixRMaj products = new DMatrixRMaj(q, p, true, referenceByLive.clone());
    for (int i = 0; i < q; i++) {
      double scaled = reference[i] / rows;
      for (int j = 0; j < p; j++) {
        products.data[i * p + j] -= scaled * live[j];
      }
    }
    // Not by the factory: from 1,000 rows on its choice hangs on settings of the whole process.
    LinearSolverDense<DMatrixRMaj> solver =
        new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
    if (!solver.setA(penalised(ridge))) {
      throw noVariance();
    }
    DMatrixRMaj map = new DMatrixRMaj(q, p);
    solver.solve(products, map);
    return new Translation(
        mean(liveOrigin, live), mean(referenceOrigin, reference), toFloats(map.data), ridge);
  }

  /**
   * How far inputs lie from those that were summed, with the penalty of {@link #fit}. Cost O(q³).
   *
   * @param ridge above 0
   * @throws IllegalStateException if the reference has no variance
   */
  public Leverage leverage(double ridge) {
    int q = reference.length;
    CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM(true);
    if (!cholesky.decompose(penalised(ridge))) {
      throw noVariance();
    }
    DMatrixRMaj inverse = new DMatrixRMaj(cholesky.getT(null));
    TriangularSolver_DDRM.invertLower(inverse.data, q);
    float[] whitening = new float[q * q];
    double scale = Math.sqrt((double) rows / q);
    for (int i = 0; i < q; i++) {
      for (int j = i; j < q; j++) {
        whitening[i * q + j] = (float) (scale * inverse.get(j, i));
      }
    }
    return Leverage.of(mean(referenceOrigin, reference), whitening, ridge);
  }

  /** C_rr + λI. */
  private DMatrixRMaj penalised(double ridge) {
    int q = reference.length;
    DMatrixRMaj squares = new DMatrixRMaj(q, q, true, referenceSquares.clone());
    for (int i = 0; i < q; i++) {
      double scaled = reference[i] / rows;
      for (int j = 0; j < q; j++) {
        squares.data[i * q + j] -= scaled * reference[j];
      }
    }
    double penalty = ridge * CommonOps_DDRM.trace(squares) / q;
    if (!(penalty > 0)) {
      throw noVariance();
    }
    for (int i = 0; i < q; i++) {
      squares.data[i * q + i] += penalty;
    }
    return squares;
  }

  private static IllegalStateException noVariance() {
    return new IllegalStateException("the reference vectors of the baseline have no variance");
  }

  private float[] mean(float[] origin, double[] sum) {
    float[] mean = new float[origin.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (origin[i] + sum[i] / rows);
    }
    return mean;
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The parts that make up these sums, shared and not copied: for codecs. */
  public Parts parts() {
    return new Parts(
        liveOrigin, referenceOrigin, rows, live, reference, referenceSquares, referenceByLive);
  }

  /**
   * The parts of {@link TranslationSums}, for codecs.
   *
   * @param liveOrigin length p
   * @param referenceOrigin length q
   * @param rows number of rows
   * @param live sum of live rows, length p
   * @param reference sum of reference rows, length q
   * @param referenceSquares row-major q × q
   * @param referenceByLive row-major q × p
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Parts(
      float[] liveOrigin,
      float[] referenceOrigin,
      long rows,
      double[] live,
      double[] reference,
      double[] referenceSquares,
      double[] referenceByLive) {}
}
