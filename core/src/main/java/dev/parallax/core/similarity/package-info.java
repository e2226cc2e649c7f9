/**
 * How alike two spaces are, from paired rows: the plain double-precision definitions that every
 * faster kernel has to equal, and the ten doubles a pane leaves behind for its rolling estimate.
 *
 * <p>Read {@link dev.parallax.core.similarity.DebiasedHsic} first, then {@link
 * dev.parallax.core.similarity.MiniBatchMoments}.
 */
@NullMarked
package dev.parallax.core.similarity;

import org.jspecify.annotations.NullMarked;
