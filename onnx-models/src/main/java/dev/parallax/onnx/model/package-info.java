/**
 * Model files as bytes whose digest was checked before anything else looked at them. Read {@link
 * dev.parallax.onnx.model.PinnedSource} first.
 */
@NullMarked
package dev.parallax.onnx.model;

import org.jspecify.annotations.NullMarked;
