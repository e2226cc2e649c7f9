package dev.parallax.cli.config;

import dev.parallax.core.Topics;
import java.time.Duration;
import java.util.List;

/**
 * The topics and how they are created.
 *
 * @param names their names, all different
 * @param partitions partitions of each
 * @param replicationFactor copies of each partition
 * @param scoreHistory how long compaction leaves every score in place
 */
public record TopicsSection(
    Topics names, int partitions, int replicationFactor, Duration scoreHistory) {

  /** Checks that no two topics share a name. */
  public TopicsSection {
    List<String> all =
        List.of(
            names.events(), names.deadLetters(), names.scores(), names.alerts(), names.baselines());
    for (int i = 0; i < all.size(); i++) {
      if (all.indexOf(all.get(i)) < i) {
        throw new IllegalArgumentException(
            "topics=" + all + ": expected five different names, " + all.get(i) + " is used twice");
      }
    }
  }
}
