/**
 * Counting the users of things that are costly to hold twice. Read {@link
 * dev.parallax.onnx.sharing.SharedHandles} first.
 */
@NullMarked
package dev.parallax.onnx.sharing;

import org.jspecify.annotations.NullMarked;
