package dev.parallax.cli.config;

import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of the sources that are not native: each of them once for every name that the file gives
 * a source, as in {@code sources.search.topic}. They are given in the file and in flags.
 */
final class SourceKeys {

  /** The section of all sources. */
  static final String SECTION = "sources";

  /** Stands for the name of a source, in the documentation. */
  static final String NAME = "<name>";

  /** Stands for an attribute or a header, in the documentation. */
  static final String ATTRIBUTE = "<attribute>";

  private static final Pattern KEY =
      Pattern.compile("sources\\.(?<source>[A-Za-z0-9_-]{1,100})\\.(?<rest>.+)");
  private static final String ONLY = "only.";
  private static final String FIELDS = "fields.";
  private static final List<ConfigKey<?>> DECLARED = new ArrayList<>();

  private static final ConfigKey<String> TOPIC =
      key(
          "topic",
          ValueType.topic(),
          Optional.empty(),
          "Topic to read; of the responses alone where `request-topic` is set. Required.");
  private static final ConfigKey<String> REQUEST_TOPIC =
      key(
          "request-topic",
          ValueType.topic(),
          Optional.empty(),
          "Topic of the requests, where they have one of their own.");
  private static final ConfigKey<String> ENVELOPE =
      key(
          "envelope",
          ValueType.choice(Envelope.labels().toArray(String[]::new)),
          Optional.of(Envelope.RAW.label()),
          "What a record wraps around a body.");
  private static final ConfigKey<String> FORMAT =
      key(
          "format",
          ValueType.choice(Format.labels().toArray(String[]::new)),
          Optional.empty(),
          "What a body is. Required.");
  private static final ConfigKey<String> OUTPUT_TENSOR =
      key(
          "output-tensor",
          ValueType.text(),
          Optional.empty(),
          "Name of the tensor with the embeddings, where there are several of floats.");
  private static final ConfigKey<String> INPUT_TENSOR =
      key(
          "input-tensor",
          ValueType.text(),
          Optional.empty(),
          "Name of the tensor with the inputs, where there are several.");
  private static final ConfigKey<String> ID_HEADER =
      key(
          "id-header",
          ValueType.text(),
          Optional.empty(),
          "Header with the id of the call, for `raw`; else it is read from the body.");
  private static final ConfigKey<String> MODEL =
      key(
          "model",
          ValueType.text(),
          Optional.empty(),
          "Name of the model, in place of what the records say.");
  private static final ConfigKey<String> VERSION =
      key(
          "version",
          ValueType.text(),
          Optional.empty(),
          "Version of the model, in place of what the records say.");
  private static final ConfigKey<Duration> WAIT =
      key(
          "wait",
          ValueType.duration(),
          Optional.of("1m"),
          "How long a request or response waits for its other half; at most 1h.");
  private static final Map<Field, ConfigKey<String>> FIELD_KEYS = fieldKeys();
  private static final ConfigKey<String> ONLY_KEY =
      key(
          ONLY + ATTRIBUTE,
          ValueType.text(),
          Optional.empty(),
          "Pattern with `*` that the attribute or header must match; other records are left out.");

  /** All of them, with {@value #NAME} for the source, in the order of the documentation. */
  static final List<ConfigKey<?>> ALL = List.copyOf(DECLARED);

  private SourceKeys() {}

  /** The key of that name, where it is one of a source. */
  static Optional<ConfigKey<?>> named(String name) {
    Matcher matcher = KEY.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rest = matcher.group("rest");
    String documented = rest.startsWith(ONLY) ? ONLY + ATTRIBUTE : rest;
    return ALL.stream()
        .filter(key -> key.name().equals(SECTION + "." + NAME + "." + documented))
        .findFirst()
        .map(key -> renamed(key, name));
  }

  /** The keys that {@code name} may have meant. */
  static List<String> namesLike(String name) {
    Matcher matcher = KEY.matcher(name);
    return matcher.matches()
        ? ALL.stream().map(key -> key.name().replace(NAME, matcher.group("source"))).toList()
        : List.of();
  }

  static boolean isSection(String name) {
    String[] parts = name.split("\\.", -1);
    return parts[0].equals(SECTION)
        && (parts.length <= 2 || parts.length == 3 && List.of("only", "fields").contains(parts[2]));
  }

  /** Names of the sources that keys are given of. */
  static List<String> sources(ConfigValues values) {
    return values.names().stream()
        .map(KEY::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group("source"))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The source of that name.
   *
   * @throws IllegalArgumentException if a required key is missing or two do not fit
   */
  static SourceConfig source(String name, ConfigValues values) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    FIELD_KEYS.forEach(
        (field, key) -> values.find(of(name, key)).ifPresent(path -> fields.put(field, path)));
    Map<String, String> only = new HashMap<>();
    String prefix = SECTION + "." + name + "." + ONLY;
    for (String given : values.names()) {
      if (given.startsWith(prefix)) {
        values
            .find(renamed(ONLY_KEY, given))
            .ifPresent(pattern -> only.put(given.substring(prefix.length()), pattern));
      }
    }
    return new SourceConfig(
        name,
        required(name, TOPIC, values),
        values.find(of(name, REQUEST_TOPIC)),
        Envelope.named(values.get(of(name, ENVELOPE))).orElseThrow(),
        Format.named(required(name, FORMAT, values)).orElseThrow(),
        only,
        values.find(of(name, ID_HEADER)),
        new FormatOptions(
            values.find(of(name, OUTPUT_TENSOR)), values.find(of(name, INPUT_TENSOR)), fields),
        values.find(of(name, MODEL)),
        values.find(of(name, VERSION)),
        values.get(of(name, WAIT)));
  }

  private static String required(String source, ConfigKey<String> key, ConfigValues values) {
    ConfigKey<String> named = of(source, key);
    return values
        .find(named)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    named.name() + " is missing: expected " + named.type().expectation()));
  }

  private static <T> ConfigKey<T> of(String source, ConfigKey<T> key) {
    return renamed(key, key.name().replace(NAME, source));
  }

  private static <T> ConfigKey<T> renamed(ConfigKey<T> key, String name) {
    return new ConfigKey<>(name, key.type(), key.defaultText(), key.documentation());
  }

  private static Map<Field, ConfigKey<String>> fieldKeys() {
    Map<Field, ConfigKey<String>> keys = new EnumMap<>(Field.class);
    Map<Field, String> what = new EnumMap<>(Field.class);
    what.put(Field.ID, "the id of the call");
    what.put(Field.MODEL, "the model's name");
    what.put(Field.VERSION, "the model's version");
    what.put(Field.TIME, "the time, RFC 3339 or a number since 1970");
    what.put(Field.INPUT, "the input, a text");
    what.put(Field.VECTOR, "the embedding, numbers or base64");
    for (Field field : Field.values()) {
      keys.put(
          field,
          key(
              FIELDS + field.name().toLowerCase(Locale.ROOT),
              ValueType.text(),
              Optional.empty(),
              "Where "
                  + what.get(field)
                  + " is: a JSON pointer for `json-pointer`, a column for `bentoml`."));
    }
    return keys;
  }

  private static <T> ConfigKey<T> key(
      String name, ValueType<T> type, Optional<String> defaultText, String documentation) {
    ConfigKey<T> key =
        new ConfigKey<>(SECTION + "." + NAME + "." + name, type, defaultText, documentation);
    DECLARED.add(key);
    return key;
  }
}
