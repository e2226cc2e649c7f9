package dev.parallax.core.drift;

import dev.parallax.core.translation.Leverage;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;

/**
 * What the fit panes of a baseline freeze: every pane from then on is read in it.
 *
 * @param translation from reference to live vectors
 * @param leverage how far inputs lie from those of the fit
 * @param strata regions of the reference space
 * @param basis leading directions of the live vectors
 * @param traffic where the inputs lie
 */
record BaselineSpace(
    Translation translation,
    Leverage leverage,
    Strata strata,
    SpectralBasis basis,
    TrafficMap traffic) {}
