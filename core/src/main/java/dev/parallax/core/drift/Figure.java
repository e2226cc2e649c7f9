package dev.parallax.core.drift;

/**
 * A number that a score may state, in the order in which scores write them. Intervals are of 95%.
 */
public enum Figure {
  /** Mini-batch debiased CKA over the window, -1 to 1. */
  CKA("cka"),
  /** Lower end of the interval of {@link #CKA}. */
  CKA_LOW("ckaLow"),
  /** Upper end of the interval of {@link #CKA}. */
  CKA_HIGH("ckaHigh"),
  /** Mini-batch debiased CKA of the pane alone. */
  PANE_CKA("paneCka"),
  /** Lower end of the interval of {@link #PANE_CKA}. */
  PANE_CKA_LOW("paneCkaLow"),
  /** Upper end of the interval of {@link #PANE_CKA}. */
  PANE_CKA_HIGH("paneCkaHigh"),
  /** Translation residual of the pane over that of the baseline; 1 as on the baseline. */
  RESIDUAL("residual"),
  /** The same, per stratum and weighted by the baseline's shares. */
  RESIDUAL_STRATIFIED("residualStratified"),
  /** CKA with the baseline's shares of the strata. */
  CKA_STRATIFIED("ckaStratified"),
  /** Mutual k-nearest-neighbour overlap, adjusted for chance. */
  MUTUAL_KNN("mutualKnn"),
  /** Orthogonal Procrustes similarity. */
  PROCRUSTES("procrustes"),
  /** Overlap of the leading directions with the baseline's. */
  SUBSPACE_OVERLAP("subspaceOverlap"),
  /** Effective rank of the live vectors. */
  EFFECTIVE_RANK("effectiveRank"),
  /** Squared maximum mean discrepancy of the reference vectors against the baseline's: traffic. */
  TRAFFIC_MMD("trafficMmd"),
  /** Smallest cosine of a probe with its baseline vector. */
  PROBE_COSINE_MIN("probeCosineMin"),
  /** How far the probes' space was turned, 0 to 2. */
  ROTATION("rotation"),
  /** Decimal logarithm of the evidence against the baseline. */
  EVIDENCE_LOG10("evidenceLog10"),
  /** Decimal logarithm of the evidence that pages. */
  THRESHOLD_LOG10("thresholdLog10");

  private final String field;

  Figure(String field) {
    this.field = field;
  }

  /** Name of the score's field. */
  public String field() {
    return field;
  }
}
