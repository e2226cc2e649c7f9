package dev.parallax.core.similarity;

import java.util.OptionalDouble;

/** One statistic of two matrices: a number, or why there is none. */
public sealed interface Statistic {

  /** The number; empty when it is undefined. */
  OptionalDouble asOptional();

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
    /** An entry is NaN or infinite. */
    NOT_FINITE,
    /** All rows of a matrix are the same. */
    NO_VARIANCE,
    /** Rows vary, but the estimator's denominator is zero or lost in rounding. */
    DEGENERATE
  }
}
