package dev.parallax.core.similarity;

import java.util.OptionalDouble;

/** One statistic of two matrices: a number, or why there is none. */
public sealed interface Statistic {

  /** The number; empty when it is undefined. */
  OptionalDouble asOptional();

  /** The number, or that it is beyond the range of a double. */
  static Statistic of(double value) {
    return Double.isFinite(value)
        ? new Stated(value)
        : new Undefined(Cause.NOT_FINITE, "the figure is beyond the range of a double: " + value);
  }

  /**
   * A finite number.
   *
   * @param value its unit and range are those of the statistic
   */
  record Stated(double value) implements Statistic {

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.of(value);
    }
  }

  /**
   * No number.
   *
   * @param cause machine-readable
   * @param detail one line for a person, with the values that led to it
   */
  record Undefined(Cause cause, String detail) implements Statistic {

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.empty();
    }
  }

  /** Why a statistic has no number. */
  enum Cause {
    /** Fewer pairs than the estimator needs. */
    TOO_FEW_PAIRS,
    /** More pairs than the figure's memory, which grows with their square, is let grow to. */
    TOO_MANY_PAIRS,
    /** An entry is NaN or infinite, or the figure is too large for a double. */
    NOT_FINITE,
    /** All rows of a matrix are the same. */
    NO_VARIANCE,
    /** The figure compares coordinates, and the widths differ. */
    WIDTHS_DIFFER,
    /** Fewer directions with variance than the figure asks for. */
    TOO_FEW_DIRECTIONS,
    /** Rows vary, but the estimator's denominator is zero or lost in rounding. */
    DEGENERATE
  }
}
