package dev.parallax.core.window;

/**
 * A pane's sample with both sides in hand, rows in hash order and L2-normalised.
 *
 * <p>Holds its arrays without copying them; whoever has the pane must not change them.
 */
public final class PairedPane {

  private final Series series;
  private final long start;
  private final float[][] live;
  private final float[][] reference;
  private final EventCounts counts;
  private final String sampleDigest;

  /**
   * A pane.
   *
   * @param series whose pane it is
   * @param start start of the pane, event time in milliseconds
   * @param live n rows of length p
   * @param reference n rows of length q, of the same inputs
   * @param counts what became of the pane's events
   * @param sampleDigest SHA-256 over the keys of the sample, in hexadecimal
   */
  public PairedPane(
      Series series,
      long start,
      float[][] live,
      float[][] reference,
      EventCounts counts,
      String sampleDigest) {
    if (live.length != reference.length) {
      throw new IllegalArgumentException(
          "expected as many reference rows as live ones, got "
              + reference.length
              + " and "
              + live.length);
    }
    this.series = series;
    this.start = start;
    this.live = live;
    this.reference = reference;
    this.counts = counts;
    this.sampleDigest = sampleDigest;
  }

  /** Whose pane it is. */
  public Series series() {
    return series;
  }

  /** Start of the pane, event time in milliseconds. */
  public long start() {
    return start;
  }

  /** Number of pairs n. */
  public int pairs() {
    return live.length;
  }

  /** Live rows, n of length p; shared. */
  public float[][] live() {
    return live;
  }

  /** Reference rows, n of length q; shared. */
  public float[][] reference() {
    return reference;
  }

  /** What became of the pane's events. */
  public EventCounts counts() {
    return counts;
  }

  /** SHA-256 over the keys of the sample in order, in hexadecimal. */
  public String sampleDigest() {
    return sampleDigest;
  }
}
