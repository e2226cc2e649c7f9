package dev.parallax.core;

import java.io.Serializable;

/**
 * Names of the topics.
 *
 * @param events native events, clean and keyed by input key
 * @param deadLetters what was turned away, with its reason
 * @param scores scores, compacted
 * @param alerts changes of verdict
 * @param baselines baselines, compacted
 */
public record Topics(
    String events, String deadLetters, String scores, String alerts, String baselines)
    implements Serializable {

  /** {@code parallax.events} and so on. */
  public static final Topics DEFAULT =
      new Topics(
          "parallax.events",
          "parallax.dead-letters",
          "parallax.scores",
          "parallax.alerts",
          "parallax.baselines");
}
