/**
 * Matrices in NumPy's {@code .npy} format: the one file format in which two sets of embeddings are
 * handed over for comparison.
 *
 * <p>Read {@link dev.parallax.core.npy.NpyFile} first.
 */
@NullMarked
package dev.parallax.core.npy;

import org.jspecify.annotations.NullMarked;
