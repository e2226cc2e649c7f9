package dev.parallax.cli.config;

import dev.parallax.cli.config.ReferenceSection.Encoder;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.jobs.Restore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a key's value may be, and how its text becomes one.
 *
 * @param name as the documentation calls it
 * @param expectation what a message says was expected
 * @param parser empty where the text is not such a value
 */
record ValueType<T>(String name, String expectation, Parser<T> parser) {

  /** Reads a value. */
  interface Parser<T> {
    Optional<T> parse(Given given);
  }

  /** Reads a value that is one text. */
  private interface TextParser<T> {
    Optional<T> parse(String text);
  }

  private static final String BUILT_IN = "builtin:";
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("-?\\d[\\d_]{0,18}");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
  private static final Pattern PROVIDER = Pattern.compile("cpu|cuda(:\\d{1,3})?(\\+tf32)?");
  private static final Pattern PAGE_BUDGET = Pattern.compile("([1-9]\\d{0,8}) per (\\S+)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  static ValueType<String> text() {
    return single("text", "a text", text -> Optional.of(text).filter(t -> !t.isBlank()));
  }

  static ValueType<String> topic() {
    return single(
        "topic name",
        "a topic name of letters, digits, '.', '_' and '-'",
        text -> Optional.of(text).filter(t -> TOPIC.matcher(t).matches()));
  }

  static ValueType<String> provider() {
    return single(
        "provider",
        "cpu, cuda or cuda:<device>, on CUDA also with +tf32",
        text -> Optional.of(text).filter(t -> PROVIDER.matcher(t).matches()));
  }

  static ValueType<String> choice(String... choices) {
    String expectation = String.join(" or ", choices);
    return single(
        expectation,
        expectation,
        text -> Optional.of(text).filter(Arrays.asList(choices)::contains));
  }

  static ValueType<Path> path() {
    return new ValueType<>(
        "path",
        "a path",
        given -> one(given).filter(text -> !text.isBlank()).flatMap(text -> path(text, given)));
  }

  static ValueType<Restore> restore() {
    return new ValueType<>(
        "latest, none or path",
        "latest, none or the path of a checkpoint",
        given ->
            one(given)
                .filter(text -> !text.isBlank())
                .flatMap(
                    text ->
                        switch (text) {
                          case "latest" -> Optional.of(new Restore.Latest());
                          case "none" -> Optional.of(new Restore.Nothing());
                          default -> path(text, given).map(p -> new Restore.Snapshot(p.toString()));
                        }));
  }

  static ValueType<Encoder> encoder() {
    return new ValueType<>(
        BUILT_IN + "<name> or path",
        BUILT_IN + "<name> or the path of a manifest",
        given ->
            one(given)
                .filter(text -> !text.isBlank() && !text.equals(BUILT_IN))
                .flatMap(
                    text ->
                        text.startsWith(BUILT_IN)
                            ? Optional.of(new Encoder.BuiltIn(text.substring(BUILT_IN.length())))
                            : path(text, given).map(Encoder.Manifest::new)));
  }

  static ValueType<Integer> integer(int least, int most) {
    String range = most == Integer.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
    return single(
        "whole number, " + range,
        "a whole number " + range,
        text -> whole(text).filter(n -> n >= least && n <= most).map(Long::intValue));
  }

  static ValueType<Long> longInteger() {
    return single("whole number", "a whole number", ValueType::whole);
  }

  static ValueType<Double> number(double least, double most) {
    String range =
        most == Double.POSITIVE_INFINITY
            ? shown(least) + " or more"
            : "from " + shown(least) + " to " + shown(most);
    return single(
        "number, " + range,
        "a number " + range,
        text -> decimal(text).filter(n -> n >= least && n <= most));
  }

  /** A duration above 0, if the text is one. */
  static Optional<Duration> durationOf(String text) {
    return span(text).filter(d -> !d.isZero() && !d.isNegative());
  }

  static ValueType<Duration> duration() {
    return single(
        "duration", "a duration above 0, such as 30s, 5m, 1h, 7d or PT30S", ValueType::durationOf);
  }

  static ValueType<Duration> durationOrZero() {
    return single(
        "duration or 0s",
        "a duration, such as 0s, 30s, 5m, 1h, 7d or PT30S",
        text -> span(text).filter(d -> !d.isNegative()));
  }

  static ValueType<PageBudget> pageBudget() {
    return single(
        "pages per duration",
        "a number of pages per duration, such as 1 per 30d",
        ValueType::pageBudgetOf);
  }

  private static Optional<PageBudget> pageBudgetOf(String text) {
    Matcher matcher = PAGE_BUDGET.matcher(text);
    return matcher.matches()
        ? durationOf(matcher.group(2))
            .map(per -> new PageBudget(Integer.parseInt(matcher.group(1)), per))
        : Optional.empty();
  }

  static ValueType<String> servers() {
    return new ValueType<>(
        "host:port list",
        "host:port, several separated by commas",
        given -> {
          List<String> servers = list(given);
          boolean valid = !servers.isEmpty() && servers.stream().allMatch(ValueType::isServer);
          return valid ? Optional.of(String.join(",", servers)) : Optional.empty();
        });
  }

  static ValueType<List<String>> topics() {
    return new ValueType<>(
        "list of topic names",
        "topic names of letters, digits, '.', '_' and '-', in a list or separated by commas",
        given -> {
          List<String> topics = list(given);
          boolean valid =
              !topics.isEmpty() && topics.stream().allMatch(t -> TOPIC.matcher(t).matches());
          return valid ? Optional.of(topics) : Optional.empty();
        });
  }

  /** One or more names of {@code what}. */
  static ValueType<List<String>> names(String what) {
    return new ValueType<>(
        "list of " + what,
        "one or more " + what + ", in a list or separated by commas",
        given -> {
          List<String> names = list(given);
          boolean valid = !names.isEmpty() && names.stream().noneMatch(String::isBlank);
          return valid ? Optional.of(names) : Optional.empty();
        });
  }

  /** Up to {@code most} different names of attributes. */
  static ValueType<List<String>> attributes(int most) {
    return new ValueType<>(
        "list of attributes",
        "1 to " + most + " different names without '=', in a list or separated by commas",
        given -> {
          List<String> names = list(given);
          boolean valid =
              !names.isEmpty()
                  && names.size() <= most
                  && names.stream().distinct().count() == names.size()
                  && names.stream().noneMatch(name -> name.isBlank() || name.contains("="));
          return valid ? Optional.of(names) : Optional.empty();
        });
  }

  /** Reads a duration as people write it ({@code 30s}) or as ISO 8601 does ({@code PT30S}). */
  static Optional<Duration> span(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      return Optional.of(
          UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    }
    try {
      return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static <T> ValueType<T> single(String name, String expectation, TextParser<T> parser) {
    return new ValueType<>(name, expectation, given -> one(given).flatMap(parser::parse));
  }

  private static Optional<String> one(Given given) {
    return given.items().size() == 1 ? Optional.of(given.items().get(0)) : Optional.empty();
  }

  private static List<String> list(Given given) {
    return given.items().stream()
        .flatMap(item -> Arrays.stream(item.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toUnmodifiableList());
  }

  private static Optional<Path> path(String text, Given given) {
    try {
      return Optional.of(given.origin().folder().resolve(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> whole(String text) {
    try {
      return WHOLE.matcher(text).matches()
          ? Optional.of(Long.parseLong(text.replace("_", "")))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> decimal(String text) {
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isServer(String text) {
    Matcher matcher = SERVER.matcher(text);
    return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535;
  }

  private static String shown(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
