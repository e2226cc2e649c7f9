/**
 * What is kept between runs and between operators: the cache directory and the vectors of inputs
 * that were embedded before. Read {@link dev.parallax.onnx.cache.ReferenceCache} first.
 */
@NullMarked
package dev.parallax.onnx.cache;

import org.jspecify.annotations.NullMarked;
