/**
 * What is known of all series right now, and what to say about them in words. Read {@link
 * dev.parallax.exporter.fleet.FleetState} first.
 */
@NullMarked
package dev.parallax.exporter.fleet;

import org.jspecify.annotations.NullMarked;
