package dev.parallax.core.report;

import static dev.parallax.core.report.SimilarityFigure.CKA_BIASED;
import static dev.parallax.core.report.SimilarityFigure.CKA_DEBIASED;

import dev.parallax.core.alignment.Procrustes;
import dev.parallax.core.alignment.Svcca;
import dev.parallax.core.neighbour.NeighbourFigures;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.RbfCka;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalAngles;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.spectrum.Spectrum;
import dev.parallax.core.twosample.FrechetDistance;
import dev.parallax.core.twosample.MaximumMeanDiscrepancy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Every statistic of two matrices that are in memory; each matrix is decomposed once. */
public final class InMemoryComparison {

  /** Neighbours of each row. */
  public static final int NEIGHBOURS = 10;

  /** Principal directions of the subspace figures. */
  public static final int DIRECTIONS = 8;

  /** Most pairs among which neighbours are searched: every row meets every other. */
  public static final int MAX_PAIRS_NEIGHBOURS = 20_000;

  /** What needs the principal components of both sides. */
  static final Set<SimilarityMetric> DECOMPOSED =
      Collections.unmodifiableSet(
          EnumSet.of(
              SimilarityMetric.PROCRUSTES,
              SimilarityMetric.SUBSPACE,
              SimilarityMetric.EFFECTIVE_RANK,
              SimilarityMetric.PARTICIPATION_RATIO,
              SimilarityMetric.FRECHET));

  private static final double RBF_BANDWIDTH = 1;

  private final PairedRows rows;
  private final Findings findings;

  private InMemoryComparison(PairedRows rows, Set<SimilarityMetric> asked) {
    this.rows = rows;
    this.findings = new Findings(asked);
  }

  /**
   * Compares rows after any normalisation.
   *
   * @param asked what to state, or to give the reason for
   */
  public static SimilarityReport of(PairedRows rows, Set<SimilarityMetric> asked) {
    InMemoryComparison comparison = new InMemoryComparison(rows, asked);
    comparison.cka();
    comparison.kernels();
    comparison.neighbours();
    comparison.decompositions();
    return comparison.findings.report(
        rows.count(), rows.production().width(), rows.reference().width());
  }

  private void cka() {
    if (!findings.asks(SimilarityMetric.CKA)) {
      return;
    }
    LinearCka whole = LinearCka.of(rows.production(), rows.reference());
    findings.put(CKA_BIASED, whole.biased());
    findings.put(CKA_DEBIASED, whole.debiased());
    Optional<Statistic> tooFew = rows.undefinedBelow(MiniBatchFigures.MIN_PAIRS);
    if (whole.biased() instanceof Statistic.Undefined undefined) {
      MiniBatchFigures.putAbsent(findings, undefined);
    } else if (tooFew.isPresent()) {
      MiniBatchFigures.putAbsent(findings, tooFew.get());
    } else {
      MiniBatchFigures.put(findings, MiniBatchCka.of(rows, MiniBatchCka.DEFAULT_BATCH));
    }
  }

  private void kernels() {
    if (findings.asks(SimilarityMetric.RBF_CKA)) {
      RbfCka cka = RbfCka.of(rows.production(), rows.reference(), RBF_BANDWIDTH);
      findings.put(SimilarityFigure.RBF_CKA_BIASED, cka.biased());
      findings.put(SimilarityFigure.RBF_CKA_DEBIASED, cka.debiased());
    }
    if (findings.asks(SimilarityMetric.MMD2)) {
      findings.put(
          SimilarityFigure.MMD2,
          MaximumMeanDiscrepancy.of(rows.production(), rows.reference()).squared());
    }
  }

  private void neighbours() {
    Set<SimilarityMetric> wanted =
        EnumSet.of(
            SimilarityMetric.MUTUAL_KNN,
            SimilarityMetric.CYCLE_KNN,
            SimilarityMetric.LCS_KNN,
            SimilarityMetric.CKNNA);
    wanted.removeIf(metric -> !findings.asks(metric));
    if (wanted.isEmpty()) {
      return;
    }
    if (rows.count() > MAX_PAIRS_NEIGHBOURS) {
      wanted.forEach(
          metric ->
              findings.absent(
                  metric,
                  "expected "
                      + MAX_PAIRS_NEIGHBOURS
                      + " or fewer pairs, as every row meets every other, got "
                      + rows.count()));
      return;
    }
    NeighbourFigures figures = NeighbourFigures.of(rows.production(), rows.reference(), NEIGHBOURS);
    findings.put(SimilarityFigure.MUTUAL_KNN_RAW, figures.mutualKnn());
    findings.put(SimilarityFigure.MUTUAL_KNN_ADJUSTED, figures.mutualKnnAdjusted());
    findings.put(SimilarityFigure.CYCLE_KNN, figures.cycleKnn());
    findings.put(SimilarityFigure.LCS_KNN, figures.lcsKnn());
    findings.put(SimilarityFigure.CKNNA, figures.cknna());
  }

  private void decompositions() {
    if (findings.asks(SimilarityMetric.SVCCA)) {
      findings.put(
          SimilarityFigure.SVCCA, Svcca.withReleasedScaling(rows.production(), rows.reference()));
    }
    if (!findings.asksAny(DECOMPOSED)) {
      return;
    }
    PrincipalComponents production = PrincipalComponents.of("production", rows.production());
    PrincipalComponents reference = PrincipalComponents.of("reference", rows.reference());
    if (findings.asks(SimilarityMetric.PROCRUSTES)) {
      Procrustes procrustes = Procrustes.of(production, reference);
      findings.put(SimilarityFigure.PROCRUSTES_SIMILARITY, procrustes.similarity());
      findings.put(SimilarityFigure.PROCRUSTES_ANGULAR, procrustes.angular());
    }
    subspace(production, reference);
    SpectrumFigures.put(findings, Spectrum.of(production), Spectrum.of(reference));
    if (findings.asks(SimilarityMetric.FRECHET)) {
      findings.put(SimilarityFigure.FRECHET, FrechetDistance.of(production, reference).squared());
    }
  }

  private void subspace(PrincipalComponents production, PrincipalComponents reference) {
    if (!findings.asks(SimilarityMetric.SUBSPACE)) {
      return;
    }
    PrincipalAngles angles =
        production.width() == reference.width()
            ? PrincipalAngles.inFeatureSpace(production, reference, DIRECTIONS)
            : PrincipalAngles.inSampleSpace(production, reference, DIRECTIONS);
    findings.put(SimilarityFigure.SUBSPACE_OVERLAP, angles.overlap());
    findings.putAngles(angles.descending());
  }
}
