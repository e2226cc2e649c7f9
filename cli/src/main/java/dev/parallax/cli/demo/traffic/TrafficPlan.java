package dev.parallax.cli.demo.traffic;

import dev.parallax.cli.demo.traffic.PlannedEvent.Kind;
import dev.parallax.core.drill.PaneFault.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Who asks what and when, decided in advance and by the seed alone.
 *
 * <ol>
 *   <li>In every pane each model answers the same inputs, drawn without replacement from the whole
 *       corpus, at its own times, spread evenly over the pane; but for a model whose traffic
 *       changes, from that pane on, which leaves the others' as it would have been.
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
  private final TrafficChange usual;
  private final List<TrafficChange> changes;

  /**
   * A plan in which nothing changes.
   *
   * @param models names of the models; events refer to them by index
   * @param corpusSize number of inputs to draw from
   */
  public TrafficPlan(TrafficShape shape, List<String> models, int corpusSize) {
    this(shape, models, corpusSize, List.of());
  }

  /**
   * A plan.
   *
   * @param models names of the models; events refer to them by index
   * @param corpusSize number of inputs to draw from, as long as nothing changes
   * @param changes at most one a model
   */
  public TrafficPlan(
      TrafficShape shape, List<String> models, int corpusSize, List<TrafficChange> changes) {
    this.shape = shape;
    this.models = List.copyOf(models);
    this.usual =
        TrafficChange.of(
            -1, 0, IntStream.range(0, corpusSize).boxed().toList(), shape.inputsPerPane());
    this.changes = List.copyOf(changes);
  }

  /** The numbers that this plan follows. */
  public TrafficShape shape() {
    return shape;
  }

  /** Number of models. */
  public int models() {
    return models.size();
  }

  /** The inputs that {@code model} is asked about in pane {@code pane}. */
  public List<Integer> texts(int model, int pane) {
    return trafficOf(model, pane).texts();
  }

  private TrafficChange trafficOf(int model, int pane) {
    return changes.stream()
        .filter(change -> change.model() == model && pane >= change.fromPane())
        .findFirst()
        .orElse(usual);
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
    long produced = 0;
    for (int pane = 0; pane < shape.panes(); pane++) {
      produced += ofPane(pane).size();
      malformed += hasMalformed(pane) ? 1 : 0;
      duplicates += hasDuplicates(pane) ? DUPLICATES : 0;
      late += hasLate(pane) ? 1 : 0;
    }
    return new TrafficTotals(produced, malformed, duplicates, late);
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
    long seed = shape.seed() * 1_000_003L + pane;
    Random random = new Random(seed);
    List<Integer> texts = draw(usual, random);
    List<PlannedEvent> events = new ArrayList<>(models.size() * texts.size() + 8);
    for (int model = 0; model < models.size(); model++) {
      List<PlannedEvent> asUsual = regular(pane, model, usual, texts, random);
      TrafficChange traffic = trafficOf(model, pane);
      if (traffic == usual) {
        events.addAll(asUsual);
      } else {
        Random own = new Random(31 * seed + 1 + model);
        events.addAll(regular(pane, model, traffic, draw(traffic, own), own));
      }
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
  private static List<Integer> draw(TrafficChange traffic, Random random) {
    List<Integer> all = new ArrayList<>(traffic.texts());
    for (int i = 0; i < traffic.requests(); i++) {
      Collections.swap(all, i, i + random.nextInt(all.size() - i));
    }
    return all.subList(0, traffic.requests());
  }

  private List<PlannedEvent> regular(
      int pane, int model, TrafficChange traffic, List<Integer> texts, Random random) {
    record Request(int text, long millis) {}
    int length = Math.toIntExact(shape.pane().toMillis());
    List<Request> requests = new ArrayList<>(texts.size());
    for (int text : texts) {
      requests.add(new Request(text, shape.startOf(pane) + random.nextInt(length)));
    }
    requests.sort(Comparator.comparingLong(Request::millis).thenComparing(Request::text));
    List<Integer> asked = requests.stream().map(Request::text).toList();
    List<Event> told = traffic.events().apply(asked);
    List<PlannedEvent> events = new ArrayList<>(told.size());
    for (Event event : told) {
      long millis = requests.get(event.at()).millis();
      long delay = random.nextInt((int) MAX_DISORDER.toMillis() + 1);
      events.add(
          new PlannedEvent(
              models.get(model) + "-" + digits(pane, 5) + "-" + digits(event.at(), 4),
              Kind.REGULAR,
              model,
              asked.get(event.asked()),
              asked.get(event.answered()),
              millis,
              millis + delay,
              Optional.empty()));
    }
    return events;
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
