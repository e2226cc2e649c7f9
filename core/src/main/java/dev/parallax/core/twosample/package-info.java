/**
 * How far apart the distributions are that two sets of rows were drawn from; rows need not be
 * paired, and their numbers may differ.
 *
 * <p>Read {@link dev.parallax.core.twosample.MaximumMeanDiscrepancy} first, then {@link
 * dev.parallax.core.twosample.FrechetDistance}.
 */
@NullMarked
package dev.parallax.core.twosample;

import org.jspecify.annotations.NullMarked;
