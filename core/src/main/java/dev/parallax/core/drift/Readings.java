package dev.parallax.core.drift;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What was read off a pane; what cannot be stated is absent. Immutable. */
final class Readings {

  private final Map<Reading, Double> values;

  private Readings(Map<Reading, Double> values) {
    this.values = values;
  }

  /** Readings from a map; what is not finite is left out. */
  static Readings of(Map<Reading, Double> values) {
    Map<Reading, Double> finite = new EnumMap<>(Reading.class);
    values.forEach(
        (reading, value) -> {
          if (Double.isFinite(value)) {
            finite.put(reading, value);
          }
        });
    return new Readings(finite);
  }

  /** The mean of each reading over the panes that have it. */
  static Readings mean(Collection<Readings> panes) {
    Map<Reading, Double> means = new EnumMap<>(Reading.class);
    for (Reading reading : Reading.values()) {
      double sum = 0;
      int count = 0;
      for (Readings pane : panes) {
        Double value = pane.values.get(reading);
        if (value != null) {
          sum += value;
          count++;
        }
      }
      if (count > 0) {
        means.put(reading, sum / count);
      }
    }
    return new Readings(means);
  }

  /** The reading, if it could be stated. */
  OptionalDouble get(Reading reading) {
    Double value = values.get(reading);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** These readings with one more, or another value of it. */
  Readings with(Reading reading, double value) {
    Map<Reading, Double> all = new EnumMap<>(Reading.class);
    all.putAll(values);
    all.put(reading, value);
    return of(all);
  }

  /** By reading, in the order of {@link Reading}; not to be changed. */
  Map<Reading, Double> asMap() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Readings && ((Readings) other).values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
