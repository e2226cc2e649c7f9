/**
 * What bodies of inference calls say: one reader for each format, from bytes to inputs and vectors.
 * Read {@link dev.parallax.ingest.format.BodyReader} first.
 */
@NullMarked
package dev.parallax.ingest.format;

import org.jspecify.annotations.NullMarked;
