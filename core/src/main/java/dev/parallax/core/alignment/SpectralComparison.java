package dev.parallax.core.alignment;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalAngles;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.spectrum.Spectrum;
import dev.parallax.core.twosample.FrechetDistance;

/**
 * The figures of two paired matrices that rest on their principal components, from one
 * decomposition of each. Rows are compared as they are given: normalise them first.
 *
 * @param procrustes after the best rotation
 * @param subspace between the first principal axes where widths agree, else between the first left
 *     singular vectors
 * @param production spectrum of the centred production rows
 * @param reference spectrum of the centred reference rows
 * @param svccaAsReleased see {@link Svcca#withReleasedScaling}; a decomposition of its own
 * @param frechet of the production rows from the reference rows, where widths agree
 */
public record SpectralComparison(
    Procrustes procrustes,
    PrincipalAngles subspace,
    Spectrum production,
    Spectrum reference,
    Statistic svccaAsReleased,
    FrechetDistance frechet) {

  /**
   * Compares paired rows.
   *
   * @param directions number of principal directions of the subspaces, 1 or more
   */
  public static SpectralComparison of(PairedRows rows, int directions) {
    RowMatrix production = rows.production();
    RowMatrix reference = rows.reference();
    PrincipalComponents x = PrincipalComponents.of("production", production);
    PrincipalComponents y = PrincipalComponents.of("reference", reference);
    return new SpectralComparison(
        Procrustes.of(x, y),
        x.width() == y.width()
            ? PrincipalAngles.inFeatureSpace(x, y, directions)
            : PrincipalAngles.inSampleSpace(x, y, directions),
        Spectrum.of(x),
        Spectrum.of(y),
        Svcca.withReleasedScaling(production, reference),
        FrechetDistance.of(x, y));
  }
}
