package dev.parallax.cli.drill;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.CliException;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowTrafficTest {

  private static final int REQUESTS = 200;

  private final List<EmbeddingEvent> recent = Events.of(2_000);
  private final Map<InputKey, float[]> vectors =
      recent.stream().collect(toMap(e -> e.inputKey().orElseThrow(), e -> e.vector().toFloats()));

  @TempDir private Path folder;

  static List<FaultKind> withoutAnEncoder() {
    return DrillFaults.possible(Optional.empty()).stream().sorted().toList();
  }

  private ShadowTraffic traffic(FaultKind kind) {
    return new ShadowTraffic(
        recent,
        REQUESTS,
        DrillFaults.of(kind, recent, Optional.empty(), new ParallaxCache(folder)));
  }

  private boolean isOwn(EmbeddingEvent event) {
    float[] own = vectors.get(event.inputKey().orElseThrow());
    return Arrays.equals(own, event.vector().toFloats());
  }

  @ParameterizedTest
  @MethodSource("withoutAnEncoder")
  void beforeTheFaultItIsTheModelsOwnEventsUnderAShadowName(FaultKind kind) {
    ShadowTraffic traffic = traffic(kind);

    assertThat(traffic.healthy(3)).hasSize(REQUESTS);
    assertThat(traffic.healthy(3).stream().map(e -> e.inputKey().orElseThrow()))
        .doesNotHaveDuplicates();
    assertThat(traffic.healthy(3))
        .allSatisfy(
            event -> {
              assertThat(event.model()).isEqualTo("drill.search-embedder");
              assertThat(event.modelVersion()).isEqualTo("2.1.0");
              assertThat(isOwn(event)).isTrue();
            });
    assertThat(keys(traffic.healthy(4))).isNotEqualTo(keys(traffic.healthy(3)));
  }

  private static List<InputKey> keys(List<EmbeddingEvent> events) {
    return events.stream().map(e -> e.inputKey().orElseThrow()).toList();
  }

  /** Everything but the traffic's own changes shows in the vectors or in their absence. */
  @ParameterizedTest
  @MethodSource("withoutAnEncoder")
  void theFaultIsDoneToEveryPaneAlikeForTheSameNumber(FaultKind kind) {
    ShadowTraffic traffic = traffic(kind);
    List<EmbeddingEvent> events = traffic.faulty(7, 2);

    assertThat(keys(events)).isEqualTo(keys(traffic.faulty(7, 2)));
    assertThat(events).allSatisfy(e -> assertThat(e.model()).isEqualTo("drill.search-embedder"));
    boolean untouched = events.stream().allMatch(this::isOwn) && !events.isEmpty();
    assertThat(untouched).isEqualTo(kind.benign() && kind != FaultKind.INT8);
  }

  @Test
  void volumesAndRepeatsAreAsStated() {
    assertThat(traffic(FaultKind.TRAFFIC_X10).faulty(7, 0)).hasSize(10 * REQUESTS);
    assertThat(traffic(FaultKind.TRAFFIC_DIV10).faulty(7, 0)).hasSizeBetween(5, 40);
    assertThat(traffic(FaultKind.NO_EVENTS).faulty(7, 0)).isEmpty();
    assertThat(keys(traffic(FaultKind.REPEATED_TRAFFIC).faulty(7, 0)).stream().collect(toSet()))
        .hasSizeBetween(90, 150);
    assertThat(traffic(FaultKind.INT8).faulty(7, 0))
        .allSatisfy(e -> assertThat(e.vector().dtype()).isEqualTo(Dtype.I8));
  }

  @Test
  void otherTopicsAreInputsThatAreAlike() {
    double usual = meanFirstElement(traffic(FaultKind.TRAFFIC_TOPICS).healthy(7));
    double shifted = meanFirstElement(traffic(FaultKind.TRAFFIC_TOPICS).faulty(7, 0));
    double middle = recent.get(0).vector().toFloats()[0];

    assertThat(Math.abs(shifted - middle)).isLessThan(Math.abs(usual - middle));
  }

  private static double meanFirstElement(List<EmbeddingEvent> events) {
    return events.stream().mapToDouble(e -> e.vector().toFloats()[0]).average().orElseThrow();
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThatThrownBy(() -> traffic(FaultKind.TRUNCATION))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("--fault truncation: expected one of ")
        .hasMessageEndingWith("; others need --manifest");
    assertThatThrownBy(() -> new ShadowTraffic(recent, 2_001, (requests, panes) -> requests))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "expected 2001 different inputs for each pane, found 2000; a lower --rate needs fewer");
  }
}
