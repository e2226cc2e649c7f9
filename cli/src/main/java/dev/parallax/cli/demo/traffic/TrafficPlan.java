package dev.parallax.cli.demo.traffic;

import dev.parallax.cli.demo.traffic.PlannedEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Who asks what and when, decided in advance and by the seed alone.
 *
 * <ol>
 *   <li>In every pane each model answers the same inputs, drawn without replacement from the whole
 *       corpus, at its own times, spread evenly over the pane.
 *   <li>Records are published up to {@link #MAX_DISORDER} of event time after their event, so they
 *       arrive out of order and some after the end of their pane.
 *   <li>Trouble comes on top, in known numbers: a broken record every fourth pane (each {@link
 *       Malformation} in turn), two duplicates every second pane, and from pane {@value
 *       #FIRST_LATE_PANE} on an event {@link #LATENESS} late every sixth pane.
 * </ol>
 *
 * <p>{@link Random} is used because its algorithm is part of its contract. Thread-safe.
 */
public final class TrafficPlan {

  /** Longest time between an event and its publication, late events and duplicates aside. */
  public static final Duration MAX_DISORDER = Duration.ofSeconds(3);

  /** How late a late event is: hours, where panes are closed after seconds. */
  public static final Duration LATENESS = Duration.ofHours(3);

  /** The first pane with a late event: by then an earlier pane has closed for certain. */
  static final int FIRST_LATE_PANE = 12;

  private static final int LATE_EVERY = 6;
  private static final int MALFORMED_EVERY = 4;
  private static final int DUPLICATES_EVERY = 2;
  private static final int DUPLICATES = 2;
  private static final long MAX_REPEAT_MILLIS = 5_000;

  private final TrafficShape shape;
  private final List<String> models;
  private final int corpusSize;

  /**
   * A plan.
   *
   * @param models names of the models; events refer to them by index
   * @param corpusSize number of inputs to draw from
   */
  public TrafficPlan(TrafficShape shape, List<String> models, int corpusSize) {
    if (corpusSize < shape.inputsPerPane()) {
      throw new IllegalArgumentException(
          "corpus of "
              + corpusSize
              + " texts: expected at least the "
              + shape.inputsPerPane()
              + " of one pane");
    }
    this.shape = shape;
    this.models = List.copyOf(models);
    this.corpusSize = corpusSize;
  }

  /** The numbers that this plan follows. */
  public TrafficShape shape() {
    return shape;
  }

  /** Number of inputs that events refer to. */
  public int corpusSize() {
    return corpusSize;
  }

  /** Number of intervals: the panes, and one for what is published after the last pane's end. */
  public int intervals() {
    return shape.panes() + 1;
  }

  /**
   * What is published during pane {@code index}, in order of publication; most but not all of it
   * belongs to that pane.
   */
  public List<PlannedEvent> interval(int index) {
    long end = shape.startOf(index + 1);
    List<PlannedEvent> events = new ArrayList<>();
    if (index > 0) {
      long start = shape.startOf(index);
      ofPane(index - 1).stream().filter(e -> e.sendMillis() >= start).forEach(events::add);
    }
    if (index < shape.panes()) {
      ofPane(index).stream().filter(e -> e.sendMillis() < end).forEach(events::add);
    }
    events.sort(Comparator.comparingLong(PlannedEvent::sendMillis).thenComparing(PlannedEvent::id));
    return events;
  }

  /** Counts the whole plan. */
  public TrafficTotals totals() {
    long malformed = 0;
    long duplicates = 0;
    long late = 0;
    for (int pane = 0; pane < shape.panes(); pane++) {
      malformed += hasMalformed(pane) ? 1 : 0;
      duplicates += hasDuplicates(pane) ? DUPLICATES : 0;
      late += hasLate(pane) ? 1 : 0;
    }
    long regular = (long) shape.panes() * models.size() * shape.inputsPerPane();
    return new TrafficTotals(regular + malformed + duplicates + late, malformed, duplicates, late);
  }

  private static boolean hasMalformed(int pane) {
    return pane % MALFORMED_EVERY == 1;
  }

  private static boolean hasDuplicates(int pane) {
    return pane % DUPLICATES_EVERY == 1;
  }

  private static boolean hasLate(int pane) {
    return pane >= FIRST_LATE_PANE && pane % LATE_EVERY == 0;
  }

  /** Every record that pane {@code pane} gives rise to, in no particular order. */
  private List<PlannedEvent> ofPane(int pane) {
    Random random = new Random(shape.seed() * 1_000_003L + pane);
    int[] texts = draw(random);
    List<PlannedEvent> events = new ArrayList<>(models.size() * texts.length + 8);
    for (int model = 0; model < models.size(); model++) {
      addRegular(pane, model, texts, random, events);
    }
    int regular = events.size();
    if (hasDuplicates(pane)) {
      for (int i = 0; i < DUPLICATES; i++) {
        PlannedEvent first = events.get(random.nextInt(regular));
        long after = 1 + random.nextInt((int) MAX_REPEAT_MILLIS);
        events.add(first.repeatedAt(first.sendMillis() + after));
      }
    }
    if (hasMalformed(pane)) {
      int turn = pane / MALFORMED_EVERY % Malformation.values().length;
      events.add(
          extra(
              events.get(random.nextInt(regular)),
              "bad",
              Kind.MALFORMED,
              0,
              Optional.of(Malformation.values()[turn])));
    }
    if (hasLate(pane)) {
      events.add(
          extra(
              events.get(random.nextInt(regular)),
              "late",
              Kind.LATE,
              LATENESS.toMillis(),
              Optional.empty()));
    }
    return events;
  }

  /** Distinct texts of a pane: the head of a Fisher-Yates shuffle of the corpus. */
  private int[] draw(Random random) {
    int[] all = new int[corpusSize];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < shape.inputsPerPane(); i++) {
      int j = i + random.nextInt(corpusSize - i);
      int chosen = all[j];
      all[j] = all[i];
      all[i] = chosen;
    }
    return Arrays.copyOf(all, shape.inputsPerPane());
  }

  private void addRegular(
      int pane, int model, int[] texts, Random random, List<PlannedEvent> events) {
    record Request(int text, long millis) {}
    int length = Math.toIntExact(shape.pane().toMillis());
    List<Request> requests = new ArrayList<>(texts.length);
    for (int text : texts) {
      requests.add(new Request(text, shape.startOf(pane) + random.nextInt(length)));
    }
    requests.sort(Comparator.comparingLong(Request::millis).thenComparing(Request::text));
    int previous = requests.get(0).text();
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      long delay = random.nextInt((int) MAX_DISORDER.toMillis() + 1);
      events.add(
          new PlannedEvent(
              models.get(model) + "-" + digits(pane, 5) + "-" + digits(i, 4),
              Kind.REGULAR,
              model,
              request.text(),
              previous,
              request.millis(),
              request.millis() + delay,
              Optional.empty()));
      previous = request.text();
    }
  }

  /** Padded with zeros; made by the hundred thousand, for which a format is too slow. */
  private static String digits(int value, int length) {
    String text = Integer.toString(value);
    return "0".repeat(Math.max(0, length - text.length())) + text;
  }

  /** One more event beside {@code like}, with its own id and so many milliseconds behind. */
  private static PlannedEvent extra(
      PlannedEvent like,
      String mark,
      Kind kind,
      long behindMillis,
      Optional<Malformation> malformation) {
    return new PlannedEvent(
        like.id() + "-" + mark,
        kind,
        like.model(),
        like.text(),
        like.text(),
        like.timeMillis() - behindMillis,
        like.sendMillis(),
        malformation);
  }
}
