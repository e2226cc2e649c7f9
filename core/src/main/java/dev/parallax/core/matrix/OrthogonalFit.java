package dev.parallax.core.matrix;

/**
 * The orthogonal map that brings one matrix closest to another: the smallest {@code ‖A − BQ‖} in
 * the Frobenius norm over all Q with orthonormal columns or rows, the narrower matrix padded with
 * zero columns (Schönemann, 1966).
 *
 * <p>With {@code AᵀB = U S Vᵀ} the best map is {@code Q = V Uᵀ}, and {@code ‖A − BQ‖² = ‖A‖² + ‖B‖²
 * − 2 Σ S}. That difference has only half the digits where the two nearly coincide, so from a
 * cosine of {@value #CLOSE} on the distance is summed entry by entry: {@code ‖AU − BV‖² + ‖A −
 * AUUᵀ‖² + ‖B − BVVᵀ‖²}. Cost O(n a b + a b min(a, b)) for widths a and b.
 *
 * @see <a href="https://doi.org/10.1007/BF02289451">Schönemann (1966)</a>
 */
public final class OrthogonalFit {

  /** Below it the difference of norms keeps 13 digits of the squared distance. */
  private static final double CLOSE = 0.99;

  private final double normA;
  private final double normB;
  private final double nuclearNorm;
  private final double squaredDistance;
  private final double squaredUnitDistance;

  private OrthogonalFit(
      double normA,
      double normB,
      double nuclearNorm,
      double squaredDistance,
      double squaredUnitDistance) {
    this.normA = normA;
    this.normB = normB;
    this.nuclearNorm = nuclearNorm;
    this.squaredDistance = squaredDistance;
    this.squaredUnitDistance = squaredUnitDistance;
  }

  /**
   * Of two matrices with finite entries of moderate size, as {@link CentredRows} gives them.
   *
   * @param a n ≥ 1 rows of one width
   * @param b n rows of one width, which may be another
   */
  public static OrthogonalFit of(double[][] a, double[][] b) {
    double normA = Math.sqrt(squaredNorm(a));
    double normB = Math.sqrt(squaredNorm(b));
    if (normA == 0 || normB == 0) {
      return new OrthogonalFit(normA, normB, 0, normA * normA + normB * normB, 2);
    }
    double[][] cross = new double[a[0].length][b[0].length];
    Products.transposed(a, b, 0, cross.length, 0, cross);
    OrthogonalFit coarse = ofNorms(normA, normB, sum(SingularValues.valuesOf(cross)));
    return coarse.cosine() < CLOSE ? coarse : summed(a, b, cross, coarse);
  }

  /**
   * Of two matrices known by their sums of products alone. Distances then have half the digits of a
   * double: about 1e-8 of the norms is rounding.
   *
   * @param squaredNormA ‖A‖²
   * @param squaredNormB ‖B‖²
   * @param cross {@code AᵀB}
   */
  public static OrthogonalFit ofProducts(
      double squaredNormA, double squaredNormB, double[][] cross) {
    return ofNorms(
        Math.sqrt(squaredNormA), Math.sqrt(squaredNormB), sum(SingularValues.valuesOf(cross)));
  }

  private static OrthogonalFit ofNorms(double normA, double normB, double nuclearNorm) {
    double cosine = nuclearNorm / normA / normB;
    double gap = Math.max(0, 1 - cosine);
    double difference = normA - normB;
    return new OrthogonalFit(
        normA, normB, nuclearNorm, difference * difference + 2 * normA * normB * gap, 2 * gap);
  }

  private static OrthogonalFit summed(
      double[][] a, double[][] b, double[][] cross, OrthogonalFit coarse) {
    SingularValues fit = SingularValues.of(cross);
    double[][] left = new double[fit.count()][];
    double[][] right = new double[fit.count()][];
    for (int k = 0; k < left.length; k++) {
      left[k] = fit.left(k);
      right[k] = fit.right(k);
    }
    double distance = 0;
    double unitDistance = 0;
    for (int i = 0; i < a.length; i++) {
      double[] turnedA = inBasis(left, a[i]);
      double[] turnedB = inBasis(right, b[i]);
      for (int k = 0; k < left.length; k++) {
        double difference = turnedA[k] - turnedB[k];
        distance += difference * difference;
        double unitDifference = turnedA[k] / coarse.normA - turnedB[k] / coarse.normB;
        unitDistance += unitDifference * unitDifference;
      }
      double restA = outsideBasis(left, a[i], turnedA);
      double restB = outsideBasis(right, b[i], turnedB);
      distance += restA + restB;
      unitDistance += restA / (coarse.normA * coarse.normA) + restB / (coarse.normB * coarse.normB);
    }
    return new OrthogonalFit(
        coarse.normA, coarse.normB, coarse.nuclearNorm, distance, unitDistance);
  }

  private static double[] inBasis(double[][] basis, double[] row) {
    double[] coordinates = new double[basis.length];
    for (int k = 0; k < basis.length; k++) {
      for (int j = 0; j < row.length; j++) {
        coordinates[k] += basis[k][j] * row[j];
      }
    }
    return coordinates;
  }

  /** Squared length of what is left of a row outside the span; nothing where the basis is whole. */
  private static double outsideBasis(double[][] basis, double[] row, double[] coordinates) {
    if (basis.length == row.length) {
      return 0;
    }
    double[] rest = row.clone();
    for (int k = 0; k < basis.length; k++) {
      for (int j = 0; j < row.length; j++) {
        rest[j] -= coordinates[k] * basis[k][j];
      }
    }
    double sum = 0;
    for (double value : rest) {
      sum += value * value;
    }
    return sum;
  }

  private static double squaredNorm(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** {@code ‖AᵀB‖*}, the sum of its singular values. */
  public double nuclearNorm() {
    return nuclearNorm;
  }

  /** {@code ‖AᵀB‖* / (‖A‖ ‖B‖)}, from 0 to 1 up to rounding; 0 when a matrix is zero. */
  public double cosine() {
    return nuclearNorm == 0 ? 0 : nuclearNorm / normA / normB;
  }

  /** The smallest {@code ‖A − BQ‖²}, never negative. */
  public double squaredDistance() {
    return squaredDistance;
  }

  /** The same after both are scaled to unit norm, from 0 to 2. */
  public double squaredUnitDistance() {
    return squaredUnitDistance;
  }
}
