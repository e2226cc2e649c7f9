package dev.parallax.core.report;

import dev.parallax.core.alignment.Procrustes;
import dev.parallax.core.alignment.Svcca;
import dev.parallax.core.similarity.FeatureMoments;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalAngles;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.spectrum.Spectrum;
import dev.parallax.core.twosample.FrechetDistance;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of two matrices that come some rows at a time and are never held whole: those that
 * follow from sums. The others are absent, with that as their reason. Not thread-safe.
 *
 * <p>CKA and the Procrustes figures equal those of {@link InMemoryComparison} up to rounding; the
 * figures made of singular values come from eigenvalues of covariances, which halve the digits of
 * small ones: effective rank to about 2e-5. Memory 3 (p + q)² doubles.
 */
public final class StreamedComparison {

  private final Findings findings;
  private long pairs;
  private int widthProduction;
  private int widthReference;
  private Optional<Statistic> notFinite = Optional.empty();
  private @Nullable FeatureMoments moments;
  private MiniBatchMoments batches = MiniBatchMoments.none();

  /** A comparison of no rows yet. */
  public StreamedComparison(Set<SimilarityMetric> asked) {
    this.findings = new Findings(asked);
  }

  /**
   * Adds the next rows, after any normalisation. For the mini-batches to be those of the whole
   * matrices, every addition but the last is a multiple of {@link MiniBatchCka#DEFAULT_BATCH} rows.
   */
  public void add(PairedRows rows) {
    pairs += rows.count();
    widthProduction = rows.production().width();
    widthReference = rows.reference().width();
    if (notFinite.isEmpty()) {
      notFinite = rows.notFiniteOrFewerThan(0);
    }
    if (notFinite.isPresent()) {
      return;
    }
    FeatureMoments next = FeatureMoments.of(rows);
    moments = moments == null ? next : moments.plus(next);
    batches = batches.merge(MiniBatchCka.moments(rows, MiniBatchCka.DEFAULT_BATCH));
  }

  /** What the rows added so far say; called once. */
  public SimilarityReport report() {
    for (SimilarityMetric metric : SimilarityMetric.values()) {
      if (metric.needsRows()) {
        findings.absent(metric, "needs all rows at once, and they are more than memory may hold");
      } else if (notFinite.isPresent()) {
        metric.figures().forEach(figure -> findings.put(figure, notFinite.get()));
      } else if (moments == null) {
        findings.absent(metric, "expected 2 or more pairs, got 0");
      }
    }
    if (moments != null && notFinite.isEmpty()) {
      FeatureMoments sums = moments.aboutMean();
      cka(sums);
      decompositions(sums);
    }
    return findings.report(pairs, widthProduction, widthReference);
  }

  private void cka(FeatureMoments sums) {
    if (!findings.asks(SimilarityMetric.CKA)) {
      return;
    }
    findings.put(SimilarityFigure.CKA_BIASED, sums.biasedCka());
    findings.put(SimilarityFigure.CKA_DEBIASED, sums.debiasedCka());
    if (pairs < MiniBatchFigures.MIN_PAIRS) {
      MiniBatchFigures.putAbsent(
          findings,
          new Statistic.Undefined(
              Statistic.Cause.TOO_FEW_PAIRS,
              "expected " + MiniBatchFigures.MIN_PAIRS + " or more pairs, got " + pairs));
    } else {
      MiniBatchFigures.put(findings, batches.estimate());
    }
  }

  private void decompositions(FeatureMoments sums) {
    boolean svcca = findings.asks(SimilarityMetric.SVCCA);
    if (!svcca && !findings.asksAny(InMemoryComparison.DECOMPOSED)) {
      return;
    }
    double[][] xx = sums.centredProductsX();
    double[][] yy = sums.centredProductsY();
    double[][] xy = sums.centredProductsXy();
    if (svcca) {
      findings.put(SimilarityFigure.SVCCA, Svcca.ofMoments(pairs, xx, yy, xy));
    }
    if (findings.asks(SimilarityMetric.PROCRUSTES)) {
      Procrustes procrustes = Procrustes.ofMoments(pairs, trace(xx), trace(yy), xy);
      findings.put(SimilarityFigure.PROCRUSTES_SIMILARITY, procrustes.similarity());
      findings.put(SimilarityFigure.PROCRUSTES_ANGULAR, procrustes.angular());
    }
    PrincipalComponents production =
        PrincipalComponents.ofMoments("production", pairs, sums.meanX(), xx);
    PrincipalComponents reference =
        PrincipalComponents.ofMoments("reference", pairs, sums.meanY(), yy);
    if (findings.asks(SimilarityMetric.SUBSPACE)) {
      subspace(production, reference, xy);
    }
    SpectrumFigures.put(findings, Spectrum.of(production), Spectrum.of(reference));
    if (findings.asks(SimilarityMetric.FRECHET)) {
      findings.put(SimilarityFigure.FRECHET, FrechetDistance.of(production, reference).squared());
    }
  }

  private void subspace(
      PrincipalComponents production, PrincipalComponents reference, double[][] cross) {
    PrincipalAngles angles =
        widthProduction == widthReference
            ? PrincipalAngles.inFeatureSpace(production, reference, InMemoryComparison.DIRECTIONS)
            : PrincipalAngles.inSampleSpaceOfMoments(
                production, reference, cross, InMemoryComparison.DIRECTIONS);
    findings.put(SimilarityFigure.SUBSPACE_OVERLAP, angles.overlap());
    findings.putAngles(angles.descending());
  }

  private static double trace(double[][] products) {
    double trace = 0;
    for (int j = 0; j < products.length; j++) {
      trace += products[j][j];
    }
    return trace;
  }
}
