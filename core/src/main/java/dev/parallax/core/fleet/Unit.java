package dev.parallax.core.fleet;

import dev.parallax.core.drill.Shadow;
import dev.parallax.core.window.Series;
import java.util.Comparator;

/**
 * What pages: one version of one model, with all its references and slices.
 *
 * @param model the model's name
 * @param version its version
 */
public record Unit(String model, String version) implements Comparable<Unit> {

  private static final Comparator<Unit> ORDER =
      Comparator.comparing(Unit::model).thenComparing(Unit::version);

  /** The unit that a series belongs to. */
  public static Unit of(Series series) {
    return new Unit(series.model(), series.version());
  }

  /** Whether it is there for a drill: nobody is paged, so it is no part of the fleet. */
  boolean isShadow() {
    return Shadow.is(model);
  }

  @Override
  public int compareTo(Unit other) {
    return ORDER.compare(this, other);
  }

  /** {@code model/version}, as reasons name it. */
  @Override
  public String toString() {
    return model + "/" + version;
  }
}
