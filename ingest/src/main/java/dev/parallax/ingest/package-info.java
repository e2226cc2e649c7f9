/**
 * The Kafka Streams application that turns what services publish into one clean, de-duplicated and
 * keyed stream of native events. Read {@link dev.parallax.ingest.IngestTopology} first.
 */
@NullMarked
package dev.parallax.ingest;

import org.jspecify.annotations.NullMarked;
