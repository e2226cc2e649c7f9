/**
 * From the topics to the model of the fleet: strict readers of the records and the one consumer
 * thread. Read {@link dev.parallax.exporter.feed.ScoreFeed} first.
 */
@NullMarked
package dev.parallax.exporter.feed;

import org.jspecify.annotations.NullMarked;
