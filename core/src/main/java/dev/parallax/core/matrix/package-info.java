/**
 * Matrices of paired rows in double precision, and the few operations on them that every statistic
 * is made of: centring, products, decompositions.
 *
 * <p>Read {@link dev.parallax.core.matrix.RowMatrix} first.
 */
@NullMarked
package dev.parallax.core.matrix;

import org.jspecify.annotations.NullMarked;
