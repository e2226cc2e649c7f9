/**
 * Figures of one space by its principal components, and of the subspaces that two spaces span: how
 * many directions a space uses, which ones, and how much of another space lies in them.
 *
 * <p>Read {@link dev.parallax.core.spectrum.PrincipalComponents} first: one decomposition of each
 * matrix serves every figure here, in {@code alignment} and in {@code twosample}.
 */
@NullMarked
package dev.parallax.core.spectrum;

import org.jspecify.annotations.NullMarked;
