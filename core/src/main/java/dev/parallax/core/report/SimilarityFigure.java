package dev.parallax.core.report;

/** One number of a {@link SimilarityReport}. */
public enum SimilarityFigure {
  /** Biased linear CKA, 0 to 1; high for fewer rows than dimensions. */
  CKA_BIASED(SimilarityMetric.CKA, "biased", "linear CKA, biased"),
  /** Debiased linear CKA, −1 to 1, about 0 for unrelated spaces. */
  CKA_DEBIASED(SimilarityMetric.CKA, "debiased", "linear CKA, debiased"),
  /** Debiased linear CKA from batches of 64 rows in order. */
  CKA_MINIBATCH(SimilarityMetric.CKA, "minibatch", "linear CKA, mini-batch"),
  /** Lower end of the 95% interval of the mini-batch figure. */
  CKA_LOW(SimilarityMetric.CKA, "low", "linear CKA, interval low"),
  /** Upper end. */
  CKA_HIGH(SimilarityMetric.CKA, "high", "linear CKA, interval high"),
  /** Biased, 0 to 1. */
  RBF_CKA_BIASED(SimilarityMetric.RBF_CKA, "biased", "RBF CKA, biased"),
  /** Debiased, −1 to 1. */
  RBF_CKA_DEBIASED(SimilarityMetric.RBF_CKA, "debiased", "RBF CKA, debiased"),
  /** Mean share of common neighbours, 0 to 1; its null mean is k/(n − 1). */
  MUTUAL_KNN_RAW(SimilarityMetric.MUTUAL_KNN, "raw", "mutual k-NN, raw"),
  /** The same with its null mean at 0. */
  MUTUAL_KNN_ADJUSTED(SimilarityMetric.MUTUAL_KNN, "adjusted", "mutual k-NN, adjusted"),
  /** 0 to 1. */
  CYCLE_KNN(SimilarityMetric.CYCLE_KNN, "", "cycle k-NN"),
  /** 0 to k. */
  LCS_KNN(SimilarityMetric.LCS_KNN, "", "LCS k-NN"),
  /** Debiased, as released. */
  CKNNA(SimilarityMetric.CKNNA, "", "CKNNA, as released"),
  /** 0 to 1; columns scaled as released, with an additive 1e-8. */
  SVCCA(SimilarityMetric.SVCCA, "", "SVCCA, as released"),
  /** 0 to 1. */
  PROCRUSTES_SIMILARITY(SimilarityMetric.PROCRUSTES, "similarity", "Procrustes similarity"),
  /** Its arc cosine, in radians. */
  PROCRUSTES_ANGULAR(SimilarityMetric.PROCRUSTES, "angular", "Procrustes angle, radians"),
  /** Mean squared cosine of the principal angles, 0 to 1. */
  SUBSPACE_OVERLAP(SimilarityMetric.SUBSPACE, "overlap", "subspace overlap"),
  /** 1 to the smaller of rows and width. */
  EFFECTIVE_RANK_PRODUCTION(
      SimilarityMetric.EFFECTIVE_RANK, "production", "effective rank, production"),
  /** The same of the reference. */
  EFFECTIVE_RANK_REFERENCE(
      SimilarityMetric.EFFECTIVE_RANK, "reference", "effective rank, reference"),
  /** 1 to the width. */
  PARTICIPATION_RATIO_PRODUCTION(
      SimilarityMetric.PARTICIPATION_RATIO, "production", "participation, production"),
  /** The same of the reference. */
  PARTICIPATION_RATIO_REFERENCE(
      SimilarityMetric.PARTICIPATION_RATIO, "reference", "participation, reference"),
  /** About 0 for equal distributions, of either sign. */
  MMD2(SimilarityMetric.MMD2, "", "MMD², unbiased"),
  /** 0 or more, in squared units of the rows. */
  FRECHET(SimilarityMetric.FRECHET, "", "Fréchet distance, squared");

  private final SimilarityMetric metric;
  private final String part;
  private final String label;

  SimilarityFigure(SimilarityMetric metric, String part, String label) {
    this.metric = metric;
    this.part = part;
    this.label = label;
  }

  /** The metric it belongs to. */
  public SimilarityMetric metric() {
    return metric;
  }

  /** Its name within the metric; empty when it is the metric's only number. */
  public String part() {
    return part;
  }

  /** A few words for a person, which say the convention where there are several. */
  public String label() {
    return label;
  }

  /** Its path in a report, such as {@code cka.debiased} or {@code svcca}. */
  public String path() {
    return part.isEmpty() ? metric.key() : metric.key() + "." + part;
  }
}
