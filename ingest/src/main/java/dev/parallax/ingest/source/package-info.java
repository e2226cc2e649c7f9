/**
 * From one record of a source topic to a clean native event or a rejection, without Kafka Streams.
 * Read {@link dev.parallax.ingest.source.NativeEventReader} first.
 */
@NullMarked
package dev.parallax.ingest.source;

import org.jspecify.annotations.NullMarked;
