package dev.parallax.core.drift;

import java.util.Optional;

/**
 * What one pane says of its series, for the fleet to decide on.
 *
 * @param score the score with the calm verdict: what is said unless the series pages
 * @param alarm what is said if it does; only where the evidence would page a series that is alone
 */
public record Assessment(Score score, Optional<Alarm> alarm) {}
