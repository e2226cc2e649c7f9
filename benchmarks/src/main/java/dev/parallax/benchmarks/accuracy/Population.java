package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.similarity.HsicTriple;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Pairs of spaces whose true CKA is known, and from which independent batches can be drawn.
 *
 * <p>The truth is {@code ‖Σxy‖² / (‖Σxx‖ · ‖Σyy‖)} of the population's covariances, the figure that
 * debiased and mini-batch CKA estimate.
 */
interface Population {

  /** Names of the pairs of spaces, for tables. */
  List<String> pairs();

  /** The true CKA of each pair of spaces. */
  double[] truths();

  /** Debiased HSIC of one batch of independent draws, for each pair of spaces. */
  HsicTriple[] draw(RandomGenerator random);
}
