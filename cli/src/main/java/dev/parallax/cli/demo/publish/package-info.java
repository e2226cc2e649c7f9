/**
 * Puts the planned traffic on a topic, in time with a simulated clock. Read {@link
 * dev.parallax.cli.demo.publish.TrafficPublisher} first.
 */
@NullMarked
package dev.parallax.cli.demo.publish;

import org.jspecify.annotations.NullMarked;
