package dev.parallax.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.BottomSample.Kept;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BottomSampleTest {

  private static final long SALT = new SampleHash(7).paneSalt(60_000);

  private record Event(InputKey key, long time, String id) {
    void offerTo(BottomSample<String> sample) {
      sample.offer(SampleHash.of(SALT, key), key, time, id, "value of " + id);
    }
  }

  /** Inputs that come up to five times each, in random order. */
  private static List<Event> events(long seed, int inputs) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int input = 0; input < inputs; input++) {
      InputKey key = new InputKey(random.nextLong(), random.nextLong());
      int repeats = 1 + random.nextInt(5);
      for (int repeat = 0; repeat < repeats; repeat++) {
        events.add(new Event(key, random.nextInt(50), input + "-" + repeat));
      }
    }
    Collections.shuffle(events, random);
    return events;
  }

  private static BottomSample<String> sampleOf(List<Event> events, int capacity) {
    BottomSample<String> sample = new BottomSample<>(capacity);
    events.forEach(event -> event.offerTo(sample));
    return sample;
  }

  private static BottomSample<String> merged(List<BottomSample<String>> parts, int capacity) {
    BottomSample<String> merged = new BottomSample<>(capacity);
    for (BottomSample<String> part : parts) {
      merged.addCounts(part.events(), part.sampledOut());
      part.inHashOrder().forEach(merged::addKept);
    }
    return merged;
  }

  private static void assertSame(BottomSample<String> found, BottomSample<String> expected) {
    assertThat(found.inHashOrder()).isEqualTo(expected.inHashOrder());
    assertThat(found.events()).isEqualTo(expected.events());
    assertThat(found.sampledOut()).isEqualTo(expected.sampledOut());
    assertThat(found.duplicates()).isEqualTo(expected.duplicates());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void doesNotDependOnTheOrderOfEvents(long seed) {
    List<Event> events = events(seed, 200);
    BottomSample<String> inOrder = sampleOf(events, 40);
    Collections.shuffle(events, new Random(-seed));

    assertSame(sampleOf(events, 40), inOrder);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void mergingAnySplitGivesTheSampleOfTheWhole(long seed) {
    List<Event> events = events(seed, 200);
    List<List<Event>> split = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Random random = new Random(seed);
    events.forEach(event -> split.get(random.nextInt(3)).add(event));
    List<BottomSample<String>> parts = new ArrayList<>();
    split.forEach(part -> parts.add(sampleOf(part, 40)));

    assertSame(merged(parts, 40), sampleOf(events, 40));
  }

  @ParameterizedTest(name = "capacity {0}")
  @ValueSource(ints = {1, 2, 40, 199, 200, 201, 1000})
  void everyEventIsKeptOrSampledOutOrADuplicate(int capacity) {
    List<Event> events = events(11, 200);
    BottomSample<String> sample = sampleOf(events, capacity);

    assertThat(sample.size()).isEqualTo(Math.min(capacity, 200));
    assertThat(sample.events()).isEqualTo(events.size());
    assertThat(sample.size() + sample.sampledOut() + sample.duplicates()).isEqualTo(events.size());
  }

  @Test
  void repeatsOfKeptInputsAreDuplicatesAndOfOthersSampledOut() {
    List<Event> events = events(13, 200);
    BottomSample<String> sample = sampleOf(events, 40);
    List<InputKey> kept = sample.inHashOrder().stream().map(Kept::key).toList();

    long ofKept = events.stream().filter(event -> kept.contains(event.key())).count();
    assertThat(sample.duplicates()).isEqualTo(ofKept - 40);
    assertThat(sample.sampledOut()).isEqualTo(events.size() - ofKept);
  }

  @Test
  void keepsTheInputsWithTheSmallestHash() {
    List<Event> events = events(17, 200);
    List<Long> smallest =
        events.stream()
            .map(event -> SampleHash.of(SALT, event.key()))
            .distinct()
            .sorted(Long::compareUnsigned)
            .limit(40)
            .toList();

    assertThat(sampleOf(events, 40).inHashOrder()).map(Kept::hash).isEqualTo(smallest);
  }

  @Test
  void ofRepeatsTheEarliestStaysAndThenTheSmallestId() {
    InputKey key = new InputKey(1, 2);
    BottomSample<String> sample = new BottomSample<>(4);
    new Event(key, 30, "b").offerTo(sample);
    new Event(key, 20, "d").offerTo(sample);
    new Event(key, 20, "c").offerTo(sample);
    new Event(key, 25, "a").offerTo(sample);

    assertThat(sample.inHashOrder())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.id()).isEqualTo("c");
              assertThat(kept.timeMillis()).isEqualTo(20);
              assertThat(kept.payload()).isEqualTo("value of c");
              assertThat(kept.repeats()).isEqualTo(3);
            });
  }

  @Test
  void theSameInputsAreSampledWhateverElseCame() {
    List<Event> shared = events(19, 300);
    List<Event> more = new ArrayList<>(shared);
    more.addAll(events(23, 300));

    List<InputKey> ofShared = sampleOf(shared, 50).inHashOrder().stream().map(Kept::key).toList();
    List<InputKey> ofMore = sampleOf(more, 50).inHashOrder().stream().map(Kept::key).toList();
    List<InputKey> sharedKeys = shared.stream().map(Event::key).toList();
    assertThat(ofShared).containsAll(ofMore.stream().filter(sharedKeys::contains).toList());
  }

  @Test
  void anotherPaneSamplesOtherInputs() {
    SampleHash hash = new SampleHash(7);
    InputKey key = new InputKey(1, 2);

    assertThat(SampleHash.of(hash.paneSalt(60_000), key))
        .isNotEqualTo(SampleHash.of(hash.paneSalt(120_000), key));
    assertThat(SampleHash.of(hash.paneSalt(60_000), key))
        .isNotEqualTo(SampleHash.of(new SampleHash(8).paneSalt(60_000), key));
  }

  @Test
  void hashesOfNeighbouringKeysAreSpreadEvenly() {
    int[] buckets = new int[16];
    for (int i = 0; i < 16_000; i++) {
      buckets[(int) (SampleHash.of(SALT, new InputKey(0, i)) >>> 60)]++;
    }

    // 1000 expected; 5 sigma of a binomial is 153.
    for (int count : buckets) {
      assertThat(count).isBetween(847, 1153);
    }
  }

  @Test
  void aSampleOfNothingIsRefused() {
    assertThatThrownBy(() -> new BottomSample<String>(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample size=0: expected 1 or more");
  }
}
