package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.similarity.Statistic;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * How leaves of the manifest are checked against ours.
 *
 * @param kind the units that have it
 * @param path regular expression over the whole path of a leaf
 * @param check throws when ours is another
 */
record OracleFigure(OracleCase.Kind kind, Pattern path, Check check) {

  /** Compares ours with one leaf. */
  interface Check {
    void accept(OracleCase unit, OracleCase.Leaf leaf);
  }

  static OracleFigure of(OracleCase.Kind kind, String path, Check check) {
    return new OracleFigure(kind, Pattern.compile(path), check);
  }

  /** A number within a fixed absolute tolerance; null asks for an undefined statistic. */
  static OracleFigure near(
      OracleCase.Kind kind, String path, double tolerance, Function<OracleCase, Statistic> ours) {
    return near(kind, path, unit -> tolerance, ours);
  }

  /** As {@link #near}, the tolerance depending on the unit. */
  static OracleFigure near(
      OracleCase.Kind kind,
      String path,
      ToDoubleFunction<OracleCase> tolerance,
      Function<OracleCase, Statistic> ours) {
    return of(
        kind,
        path,
        (unit, leaf) -> assertNear(ours.apply(unit), leaf.value(), tolerance.applyAsDouble(unit)));
  }

  /** Ours is the expected number within {@code tolerance}, or undefined where it is null. */
  static void assertNear(Statistic ours, JsonNode expected, double tolerance) {
    if (expected.isNull()) {
      assertThat(ours).isInstanceOf(Statistic.Undefined.class);
    } else {
      assertThat(expected.isNumber()).as("a number: %s", expected).isTrue();
      assertThat(ours).isInstanceOf(Statistic.Stated.class);
      assertThat(ours.asOptional().orElseThrow()).isCloseTo(expected.asDouble(), within(tolerance));
    }
  }

  boolean covers(OracleCase unit, OracleCase.Leaf leaf) {
    return kind == unit.kind() && path.matcher(leaf.path()).matches();
  }
}
