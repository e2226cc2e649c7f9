package dev.parallax.benchmarks.detection.rivals;

import java.util.Random;
import java.util.function.Function;

/** The rules that Parallax is compared with. */
public enum Rival {
  /** Three-sigma limits on CKA, by the held-out panes. */
  SCORE_3_SIGMA("3σ on CKA", "pane CKA, mean ± 3 sd of held-out panes", false, Rival::scoreChart),

  /** Evidently's fixed threshold. */
  CENTROID(
      "centroid distance", "Euclidean, above 0.2 (Evidently)", false, CentroidDistance::published),

  /** A threshold by the baseline. */
  CENTROID_3_SIGMA(
      "centroid distance, 3σ",
      "Euclidean (Arize), above mean + 3 sd of held-out panes",
      false,
      CentroidDistance::calibrated),

  /** alibi-detect's kernel two-sample test. */
  MMD(
      "MMD, permutation test",
      "Gaussian kernel, median bandwidth, 100 permutations, p < 0.05 (alibi-detect)",
      true,
      baseline ->
          new KernelTwoSampleTest(
              baseline.sample(Rival.MMD_REFERENCE_ROWS, new Random(Rival.SEED)), Rival.SEED)),

  /** NannyML's reconstruction error. */
  PCA(
      "PCA reconstruction",
      "65% of the variance, mean ± 3 sd of the panes it is fitted to (NannyML)",
      false,
      PcaReconstruction::published),

  /** The same with limits that were not set on the fitted rows. */
  PCA_HELD_OUT(
      "PCA reconstruction, held out",
      "the same with limits by held-out panes",
      false,
      PcaReconstruction::heldOut),

  /** Evidently's default for embeddings. */
  DOMAIN_CLASSIFIER(
      "domain classifier",
      "logistic regression, ROC AUC above 0.55 (Evidently's default)",
      true,
      baseline ->
          new DomainClassifier(
              baseline.sample(Rival.CLASSIFIER_REFERENCE_ROWS, new Random(Rival.SEED)),
              Rival.SEED)),

  /** The chart that Parallax' own figure would make. */
  RESIDUAL_3_SIGMA(
      "3σ on the residual",
      "stratified translation residual, mean ± 3 sd of held-out panes",
      false,
      Rival::residualChart),

  /** The same with memory. */
  RESIDUAL_EWMA(
      "EWMA of the residual",
      "the same, λ = 0.2, L = 3",
      false,
      baseline -> new EwmaChart(baseline.holdOut(), RivalPane::residual));

  /** Rows of the baseline that the kernel test compares a pane with. */
  private static final int MMD_REFERENCE_ROWS = 1024;

  /** Rows of the baseline that the classifier is to tell a pane from. */
  private static final int CLASSIFIER_REFERENCE_ROWS = 4096;

  private static final long SEED = 42;

  private final String label;
  private final String published;
  private final boolean costly;
  private final Function<RivalBaseline, Rule> fit;

  Rival(String label, String published, boolean costly, Function<RivalBaseline, Rule> fit) {
    this.label = label;
    this.published = published;
    this.costly = costly;
    this.fit = fit;
  }

  private static Rule scoreChart(RivalBaseline baseline) {
    return new ShewhartChart(baseline.holdOut(), RivalPane::cka);
  }

  private static Rule residualChart(RivalBaseline baseline) {
    return new ShewhartChart(baseline.holdOut(), RivalPane::residual);
  }

  /** Name for people. */
  public String label() {
    return label;
  }

  /** What it is and whose defaults it has. */
  public String published() {
    return published;
  }

  /** Whether a pane takes so long that healthy streams are only sampled. */
  public boolean costly() {
    return costly;
  }

  /** The rule fitted on a baseline. */
  public Rule fit(RivalBaseline baseline) {
    return fit.apply(baseline);
  }
}
