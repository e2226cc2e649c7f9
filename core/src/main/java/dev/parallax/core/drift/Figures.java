package dev.parallax.core.drift;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;

/** The figures that a score states. What cannot be stated is absent, never NaN. */
public final class Figures {

  private final EnumMap<Figure, Double> values;

  private Figures(EnumMap<Figure, Double> values) {
    this.values = values;
  }

  /** Figures from a map. */
  public static Figures of(Map<Figure, Double> values) {
    Builder builder = new Builder();
    values.forEach(builder::put);
    return builder.build();
  }

  /** The figure, if it is stated. */
  public OptionalDouble get(Figure figure) {
    Double value = values.get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Passes every figure that is stated, in the order of {@link Figure}. */
  public void forEach(ObjDoubleConsumer<Figure> consumer) {
    values.forEach(consumer::accept);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures && ((Figures) other).values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** Collects figures. */
  public static final class Builder {
    private final EnumMap<Figure, Double> values = new EnumMap<>(Figure.class);

    /**
     * Adds a figure.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Builder put(Figure figure, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            figure.field() + ": expected a finite number, got " + value);
      }
      values.put(figure, value);
      return this;
    }

    /** Adds a figure if there is one. */
    public Builder put(Figure figure, OptionalDouble value) {
      value.ifPresent(v -> put(figure, v));
      return this;
    }

    /** The figures so far. */
    public Figures build() {
      return new Figures(new EnumMap<>(values));
    }
  }
}
