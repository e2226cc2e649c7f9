package dev.parallax.core.window;

import dev.parallax.core.embedding.InputKey;
import java.util.List;

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
  private final List<InputKey> keys;
  private final float[] norms;
  private final String sampleDigest;

  /**
   * A pane.
   *
   * @param series whose pane it is
   * @param start start of the pane, event time in milliseconds
   * @param keys of the n inputs, in hash order
   * @param live n rows of length p
   * @param norms of the n live vectors before they were normalised
   * @param reference n rows of length q, of the same inputs
   * @param counts what became of the pane's events
   */
  public PairedPane(
      Series series,
      long start,
      List<InputKey> keys,
      float[][] live,
      float[] norms,
      float[][] reference,
      EventCounts counts) {
    if (live.length != keys.size() || live.length != norms.length) {
      throw new IllegalArgumentException(
          "expected as many keys and norms as live rows, got "
              + keys.size()
              + ", "
              + norms.length
              + " and "
              + live.length);
    }
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
    this.keys = List.copyOf(keys);
    this.norms = norms;
    this.sampleDigest = SampleDigest.of(this.keys);
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

  /** Keys of the inputs, in the order of the rows. */
  public List<InputKey> keys() {
    return keys;
  }

  /** Norms of the live vectors before they were normalised, in the order of the rows; shared. */
  public float[] norms() {
    return norms;
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
