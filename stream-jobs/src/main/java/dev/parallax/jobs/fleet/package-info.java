/**
 * Decides over all series at once. Read {@link dev.parallax.jobs.fleet.FleetControl} first; the
 * rules are those of {@link dev.parallax.core.fleet.Fleet}.
 */
@NullMarked
package dev.parallax.jobs.fleet;

import org.jspecify.annotations.NullMarked;
