package dev.parallax.endtoend.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PromQlTest {

  @Test
  void selectorsAreFoundAmongFunctionsGroupingsRangesAndTexts() {
    String expr =
        "sum by (model) (rate(a_total{x=\"b[5m] by (c)\", y!~\"drill[.].+\"}[5m:1m] offset 10m))"
            + " / on (model) group_left () level:b:rate5m unless 1e3 * topk(20, c @ end()) > bool 0";

    assertThat(PromQl.selectors(expr))
        .extracting(PromQl.Selector::text)
        .containsExactly("a_total{x=\"b[5m] by (c)\", y!~\"drill[.].+\"}", "level:b:rate5m", "c");
    assertThat(PromQl.selectors(expr).get(0).labels()).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void rangesGroupingsAndVariablesAreFoundOutsideOfTexts() {
    String expr =
        "label_replace(sum by (model, slice) (rate(a{m=~\"$model[x]\"}[$__range:1m])), \"s\", \"$1\", \"t\", \"(.+)\")";

    assertThat(PromQl.ranges(expr)).containsExactly("$__range:1m");
    assertThat(PromQl.groupings(expr)).containsExactlyInAnyOrder("model", "slice");
    assertThat(PromQl.variables(expr)).containsExactlyInAnyOrder("model", "__range");
    assertThat(PromQl.matchersOn("model", expr)).containsExactly("=~");
  }
}
