package dev.parallax.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.PaneSlicer.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaneSlicerTest {

  private static final Series SERIES = Series.of("model", "1", "shared");

  private static Cut cut(PaneSlicer slicer, List<Map<String, String>> attributes) {
    int n = attributes.size();
    List<InputKey> keys = new ArrayList<>();
    float[][] live = new float[n][];
    float[][] reference = new float[n][];
    float[] norms = new float[n];
    for (int i = 0; i < n; i++) {
      keys.add(new InputKey(7, i));
      live[i] = new float[] {i};
      reference[i] = new float[] {-i};
      norms[i] = i;
    }
    EventCounts counts = new EventCounts(n + 10, 4, 3, 2, 1, 0);
    return slicer.cut(
        new PairedPane(SERIES, 60_000, keys, live, norms, reference, counts), attributes);
  }

  private static Map<String, String> row(String tenant, String language) {
    return Map.of("tenant", tenant, "language", language);
  }

  @Test
  void everyValueOfEveryAttributeHasTheRowsThatAreItsOwnInTheirOrder() {
    Cut cut =
        cut(
            new PaneSlicer(List.of("tenant", "language"), 20),
            List.of(row("acme", "de"), row("zeta", "de"), row("acme", "fr")));

    assertThat(cut.hidden()).isZero();
    assertThat(cut.slices())
        .extracting(slice -> slice.series().slice())
        .containsExactly("tenant=acme", "tenant=zeta", "language=de", "language=fr");
    PairedPane acme = cut.slices().get(0);
    assertThat(acme.series().whole()).isEqualTo(SERIES);
    assertThat(acme.series().isSlice()).isTrue();
    assertThat(acme.start()).isEqualTo(60_000);
    assertThat(acme.keys()).containsExactly(new InputKey(7, 0), new InputKey(7, 2));
    assertThat(acme.live()).isDeepEqualTo(new float[][] {{0}, {2}});
    assertThat(acme.reference()).isDeepEqualTo(new float[][] {{-0f}, {-2}});
    assertThat(acme.norms()).containsExactly(0, 2);
    assertThat(acme.counts()).isEqualTo(new EventCounts(2, 0, 0, 0, 0, 0));
  }

  @Test
  void ofTooManyValuesTheMostFrequentStayAndTheRestIsCounted() {
    Cut cut =
        cut(
            new PaneSlicer(List.of("tenant"), 2),
            List.of(row("d", ""), row("b", ""), row("c", ""), row("c", ""), row("a", "")));

    assertThat(cut.slices())
        .extracting(slice -> slice.series().slice())
        .containsExactly("tenant=c", "tenant=a");
    assertThat(cut.hidden()).isEqualTo(2);
  }

  @Test
  void eventsWithoutTheAttributeAreOfNoSlice() {
    Cut cut =
        cut(
            new PaneSlicer(List.of("tenant"), 2),
            List.of(Map.of(), row("", "de"), Map.of("region", "eu")));

    assertThat(cut.slices()).isEmpty();
    assertThat(cut.hidden()).isZero();
  }
}
