/**
 * What a Kafka record wraps around a body: which call it belongs to, which half it is, when and of
 * which model. Read {@link dev.parallax.ingest.envelope.EnvelopeReader} first.
 */
@NullMarked
package dev.parallax.ingest.envelope;

import org.jspecify.annotations.NullMarked;
