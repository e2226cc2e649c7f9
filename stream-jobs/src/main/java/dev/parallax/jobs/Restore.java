package dev.parallax.jobs;

import java.io.Serializable;

/** What a job that starts takes up of what was before. */
public sealed interface Restore extends Serializable {

  /** The newest complete checkpoint of the application, and nothing if there is none. */
  record Latest() implements Restore {}

  /** Nothing: it goes on at the consumer group's offsets and learns every baseline anew. */
  record Nothing() implements Restore {}

  /**
   * A certain checkpoint or savepoint, which stays as it is.
   *
   * <p>What was written after it is written again: exactly once holds from the newest one only.
   *
   * @param folder path of the folder that its {@code _metadata} is in
   */
  record Snapshot(String folder) implements Restore {}
}
