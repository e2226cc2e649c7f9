/**
 * What the modules agree on. Read {@link dev.parallax.core.Topics} first, then the packages below
 * in the order embedding, window, similarity, drift.
 */
@NullMarked
package dev.parallax.core;

import org.jspecify.annotations.NullMarked;
