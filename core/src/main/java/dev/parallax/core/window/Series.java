package dev.parallax.core.window;

/**
 * What is tracked: one version of one model against one reference, and optionally only a slice of
 * its traffic.
 *
 * @param model the model's name
 * @param version its version
 * @param reference id of the reference space
 * @param slice the slice, or the empty text for all traffic
 */
public record Series(String model, String version, String reference, String slice)
    implements Comparable<Series> {

  /** All traffic of a model. */
  public static Series of(String model, String version, String reference) {
    return new Series(model, version, reference, "");
  }

  /** The key of the series' records: {@code model|version|reference|slice}. */
  public String key() {
    return model + "|" + version + "|" + reference + "|" + slice;
  }

  @Override
  public int compareTo(Series other) {
    return key().compareTo(other.key());
  }
}
