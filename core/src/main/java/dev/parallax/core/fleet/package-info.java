/**
 * Decides over all series of a tick which alarms page: false-discovery control with a page budget,
 * and one incident where many models move at once. Read {@link dev.parallax.core.fleet.Fleet}
 * first.
 */
@NullMarked
package dev.parallax.core.fleet;

import org.jspecify.annotations.NullMarked;
