/**
 * Whether an embedding of a graph's nodes knows the graph: its spectrum, how an embedding's energy
 * lies over it, and how near the ends of edges are.
 *
 * <p>Read {@link dev.parallax.core.graph.UndirectedGraph} first, then {@link
 * dev.parallax.core.graph.EnergyProfile}.
 */
@NullMarked
package dev.parallax.core.graph;

import org.jspecify.annotations.NullMarked;
