/**
 * Sentence encoders whose every part is pinned and whose golden vector is recomputed before use.
 * Read {@link dev.parallax.onnx.encoder.SentenceEncoder} first.
 */
@NullMarked
package dev.parallax.onnx.encoder;

import org.jspecify.annotations.NullMarked;
