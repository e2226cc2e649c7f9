package dev.parallax.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.drill.PaneFault.Event;
import dev.parallax.core.embedding.InputKey;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaneFaultTest {

  private static final int REQUESTS = 20_001;

  private final List<InputKey> requests = keys();

  private static List<InputKey> keys() {
    Random random = new Random(3);
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> new InputKey(random.nextLong(), random.nextLong()))
        .toList();
  }

  private List<Event> events(FaultKind kind) {
    return new PaneFault(kind).events(requests);
  }

  /** Shares within five standard deviations of a binomial: 5 √(0.25 / 20,001) at most. */
  @ParameterizedTest
  @CsvSource({
    "STALE_ANSWERS_5, 0.05, 0",
    "STALE_ANSWERS_20, 0.2, 0",
    "MIS_JOINED, 0.3, 0",
    "REPEATED_TRAFFIC, 0, 0.4"
  })
  void theStatedShareIsBroken(FaultKind kind, double misAnswered, double repeated) {
    List<Event> events = events(kind);

    assertThat(events).hasSize(REQUESTS);
    assertThat(share(events, true)).isCloseTo(misAnswered, within(0.018));
    assertThat(share(events, false)).isCloseTo(repeated, within(0.018));
  }

  private static double share(List<Event> events, boolean misAnswered) {
    return IntStream.range(0, events.size())
            .filter(
                i ->
                    misAnswered
                        ? events.get(i).answered() != events.get(i).asked()
                        : events.get(i).asked() != i)
            .count()
        / (double) events.size();
  }

  @Test
  void aStaleAnswerIsThatOfTheRequestBefore() {
    assertThat(events(FaultKind.STALE_ANSWERS_20))
        .allSatisfy(e -> assertThat(e.asked() - e.answered()).isBetween(0, 1));
  }

  @Test
  void misJoinedVectorsAreEachToldOfOnce() {
    assertThat(events(FaultKind.MIS_JOINED).stream().map(Event::answered))
        .doesNotHaveDuplicates()
        .hasSize(REQUESTS);
  }

  @Test
  void aRepeatIsOfAnEarlierInputWithItsOwnAnswer() {
    List<Event> events = events(FaultKind.REPEATED_TRAFFIC);

    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).at()).isEqualTo(i);
      assertThat(events.get(i).asked()).isLessThanOrEqualTo(i);
      assertThat(events.get(i).answered()).isEqualTo(events.get(i).asked());
    }
  }

  @Test
  void aTenthOfTheTrafficIsLeftAsItWas() {
    List<Event> events = events(FaultKind.TRAFFIC_DIV10);

    assertThat(events.size() / (double) REQUESTS).isCloseTo(0.1, within(0.011));
    assertThat(events).allSatisfy(e -> assertThat(e).isEqualTo(Event.healthy(e.at())));
  }

  @Test
  void nothingIsHeardOfASilentModel() {
    assertThat(events(FaultKind.NO_EVENTS)).isEmpty();
  }

  @Test
  void theKeysAloneDecide() {
    assertThat(events(FaultKind.MIS_JOINED)).isEqualTo(events(FaultKind.MIS_JOINED));
    assertThatThrownBy(() -> new PaneFault(FaultKind.ROTATED_BASIS))
        .hasMessage("fault=rotated-basis: expected one of a pane");
  }
}
