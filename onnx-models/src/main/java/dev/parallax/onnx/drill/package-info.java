/**
 * Encoders broken on purpose: what a service runs when its settings or its weights are wrong. Read
 * {@link dev.parallax.onnx.drill.EncoderFaults} first.
 */
@NullMarked
package dev.parallax.onnx.drill;

import org.jspecify.annotations.NullMarked;
