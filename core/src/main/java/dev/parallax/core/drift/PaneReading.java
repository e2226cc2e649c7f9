package dev.parallax.core.drift;

import dev.parallax.core.translation.PaneFeatures;
import dev.parallax.core.translation.RowResiduals;

/**
 * A pane read in a {@link BaselineSpace}.
 *
 * @param readings with the residual as it is and the leverage in place of the novelty: what they
 *     should be is known only when the hold-out is over
 * @param features of its inputs
 * @param rows residual of each row
 */
record PaneReading(Readings readings, PaneFeatures features, RowResiduals rows) {}
