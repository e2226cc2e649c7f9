package dev.parallax.core.window;

/**
 * What became of the events of a pane. {@code in == scored + sampledOut + duplicate + late +
 * unmatched + rejected}, where the pairs of the score are what was scored.
 *
 * @param in events that reached the job
 * @param sampledOut events of inputs that the sample does not keep
 * @param duplicate repeats of inputs that it keeps
 * @param late events that came after their pane had closed, counted in the pane that was open then
 * @param unmatched kept events without a reference vector
 * @param rejected kept events that could not be decoded
 */
public record EventCounts(
    long in, long sampledOut, long duplicate, long late, long unmatched, long rejected) {

  /** No events. */
  public static final EventCounts NONE = new EventCounts(0, 0, 0, 0, 0, 0);

  /** Events that became pairs. */
  public long scored() {
    return in - sampledOut - duplicate - late - unmatched - rejected;
  }

  /** The sum of both. */
  public EventCounts plus(EventCounts other) {
    return new EventCounts(
        in + other.in,
        sampledOut + other.sampledOut,
        duplicate + other.duplicate,
        late + other.late,
        unmatched + other.unmatched,
        rejected + other.rejected);
  }
}
