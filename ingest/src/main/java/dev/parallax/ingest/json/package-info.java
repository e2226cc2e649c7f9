/**
 * JSON from strangers as a tree of bounded size, with arrays of numbers packed. Read {@link
 * dev.parallax.ingest.json.JsonTree} first.
 */
@NullMarked
package dev.parallax.ingest.json;

import org.jspecify.annotations.NullMarked;
