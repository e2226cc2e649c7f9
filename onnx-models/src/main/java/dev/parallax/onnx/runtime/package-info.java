/**
 * ONNX Runtime as Parallax uses it: one quiet environment per process, sessions from checked bytes,
 * everything that decides bits stated. Read {@link dev.parallax.onnx.runtime.GraphSession} first.
 */
@NullMarked
package dev.parallax.onnx.runtime;

import org.jspecify.annotations.NullMarked;
