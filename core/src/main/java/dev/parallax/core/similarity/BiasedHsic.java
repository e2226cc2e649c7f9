package dev.parallax.core.similarity;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;

/**
 * Biased HSIC of paired rows under linear kernels, {@code tr(K H L H) = ‖Xcᵀ Yc‖²} in the Frobenius
 * norm, without the factor {@code 1/(n−1)²} that some texts put in front.
 *
 * <p>Never negative, and {@code xy² ≤ xx · yy}. The trace grows with n², and of unrelated isotropic
 * spaces it is about {@code n p q} rather than 0: {@link DebiasedHsic} is free of that. Cost O(n (p
 * + q) min(n, p + q)).
 *
 * @see <a href="https://doi.org/10.1007/11564089_7">Gretton et al. (2005)</a>
 */
public final class BiasedHsic {

  private BiasedHsic() {}

  /**
   * The three traces of finite paired rows.
   *
   * @throws IllegalArgumentException when the row counts differ or are 0
   */
  public static HsicTriple of(RowMatrix production, RowMatrix reference) {
    PairedRows rows = new PairedRows(production, reference);
    if (rows.count() == 0) {
      throw new IllegalArgumentException("expected 1 or more pairs, got 0");
    }
    CentredRows x = CentredRows.of(production);
    CentredRows y = CentredRows.of(reference);
    HsicSums sums = HsicSums.of(x, y);
    int ex = 2 * x.exponent();
    int ey = 2 * y.exponent();
    return new HsicTriple(
        Math.scalb(sums.xy(), ex + ey),
        Math.scalb(sums.xx(), 2 * ex),
        Math.scalb(sums.yy(), 2 * ey));
  }
}
