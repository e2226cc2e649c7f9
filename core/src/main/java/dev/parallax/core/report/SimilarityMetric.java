package dev.parallax.core.report;

import java.util.List;
import java.util.stream.Stream;

/** What can be asked of two matrices, in the order of a report. */
public enum SimilarityMetric {
  /** Linear CKA, biased, debiased and from mini-batches with an interval. */
  CKA("cka", Rows.NOT_NEEDED),
  /** CKA under Gaussian kernels whose width is the median rule's, t = 1. */
  RBF_CKA("rbfCka", Rows.NEEDED),
  /** Share of common nearest neighbours. */
  MUTUAL_KNN("mutualKnn", Rows.NEEDED),
  /** Share of rows found again over a neighbour in the other space. */
  CYCLE_KNN("cycleKnn", Rows.NEEDED),
  /** Longest common subsequence of the neighbour lists. */
  LCS_KNN("lcsKnn", Rows.NEEDED),
  /** CKA of kernels masked to common neighbours, as released with its additive 1e-6. */
  CKNNA("cknna", Rows.NEEDED),
  /** Mean correlation of the leading left singular vectors. */
  SVCCA("svcca", Rows.NOT_NEEDED),
  /** Similarity under the best rotation. */
  PROCRUSTES("procrustes", Rows.NOT_NEEDED),
  /** Overlap of leading principal directions; of the feature space when widths agree. */
  SUBSPACE("subspace", Rows.NOT_NEEDED),
  /** Exponential of the entropy of the singular values of centred rows. */
  EFFECTIVE_RANK("effectiveRank", Rows.NOT_NEEDED),
  /** Squared sum over sum of squares of the covariance's eigenvalues. */
  PARTICIPATION_RATIO("participationRatio", Rows.NOT_NEEDED),
  /** Unbiased squared maximum mean discrepancy under the median heuristic. */
  MMD2("mmd2", Rows.NEEDED),
  /** Squared Fréchet distance of the two Gaussians of the same mean and covariance. */
  FRECHET("frechet", Rows.NOT_NEEDED);

  /** Whether a metric can be had from sums that merge, or needs all rows at once. */
  enum Rows {
    NEEDED,
    NOT_NEEDED
  }

  private final String key;
  private final Rows rows;

  SimilarityMetric(String key, Rows rows) {
    this.key = key;
    this.rows = rows;
  }

  /** Its name in a report. */
  public String key() {
    return key;
  }

  /** Whether it needs all rows in memory; otherwise sums over them are enough. */
  public boolean needsRows() {
    return rows == Rows.NEEDED;
  }

  /** Its numbers, in the order of a report. */
  public List<SimilarityFigure> figures() {
    return Stream.of(SimilarityFigure.values()).filter(figure -> figure.metric() == this).toList();
  }

  @Override
  public String toString() {
    return key;
  }
}
