/**
 * Every statistic of two matrices of paired rows in one report, each with its number or the reason
 * why there is none.
 *
 * <p>Read {@link dev.parallax.core.report.SimilarityReport} first.
 */
@NullMarked
package dev.parallax.core.report;

import org.jspecify.annotations.NullMarked;
