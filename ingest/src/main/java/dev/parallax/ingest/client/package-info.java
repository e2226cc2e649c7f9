/**
 * What an inference service uses to publish its embeddings as native events, without its inference
 * path ever waiting for Kafka. Read {@link dev.parallax.ingest.client.EmbeddingPublisher} first.
 */
@NullMarked
package dev.parallax.ingest.client;

import org.jspecify.annotations.NullMarked;
