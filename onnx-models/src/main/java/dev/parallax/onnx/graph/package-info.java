/**
 * Statistics as ONNX graphs: how each is built, its pinned file, and the class that feeds it. Read
 * {@link dev.parallax.onnx.graph.PaneHsicGraph} first.
 */
@NullMarked
package dev.parallax.onnx.graph;

import org.jspecify.annotations.NullMarked;
