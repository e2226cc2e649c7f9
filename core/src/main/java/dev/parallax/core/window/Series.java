package dev.parallax.core.window;

/**
 * What is tracked: one version of one model against one reference, and optionally only a slice of
 * its traffic.
 *
 * @param model the model's name
 * @param version its version
 * @param reference id of the reference space
 * @param slice the slice, such as {@code tenant=acme}; {@value #PROBES} for the probes, which are
 *     no part of the traffic; or the empty text for all traffic
 */
public record Series(String model, String version, String reference, String slice)
    implements Comparable<Series> {

  /** Names the probes of a model; no slice of traffic is called so, since theirs have a '='. */
  public static final String PROBES = "probe";

  /** All traffic of a model. */
  public static Series of(String model, String version, String reference) {
    return new Series(model, version, reference, "");
  }

  /** The key of the series' records: {@code model|version|reference|slice}. */
  public String key() {
    return model + "|" + version + "|" + reference + "|" + slice;
  }

  /** The model with all its traffic, which a slice is a part of. */
  public Series whole() {
    return of(model, version, reference);
  }

  /** The same model, version and slice against another reference. */
  public Series against(String other) {
    return new Series(model, version, other, slice);
  }

  /** The traffic of which an attribute has a value. */
  public Series sliced(String attribute, String value) {
    return new Series(model, version, reference, attribute + "=" + value);
  }

  /** The probes of the model. */
  public Series probes() {
    return new Series(model, version, reference, PROBES);
  }

  /** Whether its events are those of a slice, which {@link #whole} has too. */
  public boolean isSlice() {
    return !slice.isEmpty() && !isProbes();
  }

  /** Whether its events are probes. */
  public boolean isProbes() {
    return slice.equals(PROBES);
  }

  @Override
  public int compareTo(Series other) {
    return key().compareTo(other.key());
  }
}
