package dev.parallax.core.drift;

/**
 * Since when a baseline is tested against, and on whose word.
 *
 * @param approval whose
 * @param from event time in milliseconds: panes that start then or later are tested
 */
public record Arming(Approval approval, long from) {}
