package dev.parallax.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.core.drill.FaultKind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoStoryTest {

  private static final Instant AT = Instant.parse("2026-01-05T01:30:00Z");

  private static DemoStory of(FaultKind fault) {
    return new DemoStory(new DemoScenario(Optional.of(fault)), AT);
  }

  @Test
  void theBannerTellsOfBothModels() {
    assertThat(of(FaultKind.MISSING_PREFIX).banner())
        .isEqualTo(
            "A demo: at 01:30 of event time product-matcher/3.0.1 breaks: the prefix that it wants"
                + " before every text is missing; support-router/1.4.2 changes: it is asked about"
                + " other topics, which is no fault of its own.");
  }

  @Test
  void aHarmlessChangeIsNotCalledABreak() {
    assertThat(of(FaultKind.TRAFFIC_X10).notes())
        .containsExactly(
            "01:30  support-router/1.4.2 changes: it has 10 times the traffic, which is no fault of"
                + " its own");
  }

  @Test
  void aQuietDemoSaysSo() {
    DemoStory quiet = new DemoStory(DemoScenario.QUIET, AT);

    assertThat(quiet.banner()).isEqualTo("A demo in which nothing breaks.");
    assertThat(quiet.notes()).isEmpty();
  }
}
