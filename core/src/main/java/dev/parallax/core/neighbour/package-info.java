/**
 * Who is near whom: exact nearest neighbours of each item in a space, and the figures that say how
 * far two spaces agree on them.
 *
 * <p>Read {@link dev.parallax.core.neighbour.NearestNeighbours} first, then {@link
 * dev.parallax.core.neighbour.MutualKnn}.
 */
@NullMarked
package dev.parallax.core.neighbour;

import org.jspecify.annotations.NullMarked;
