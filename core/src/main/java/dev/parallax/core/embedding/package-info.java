/**
 * Events that carry embeddings, their wire form and the rules that turn bad ones away. Read {@link
 * dev.parallax.core.embedding.EmbeddingEvent} first.
 */
@NullMarked
package dev.parallax.core.embedding;

import org.jspecify.annotations.NullMarked;
