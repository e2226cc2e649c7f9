package dev.parallax.cli.config;

import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the sources that are not native: each of them once for every name that the file gives
 * a source, as in {@code sources.search.topic}. They are given in the file and in flags.
 */
final class SourceKeys {

  /** Stands for an attribute or a header, in the documentation. */
  static final String ATTRIBUTE = "<attribute>";

  private static final NamedSection SECTION = new NamedSection("sources");
  private static final String ONLY = "only.";
  private static final String FIELDS = "fields.";
  private static final Set<String> PARTS = Set.of(ONLY, FIELDS);

  private static final ConfigKey<String> TOPIC =
      SECTION.key(
          "topic",
          ValueType.topic(),
          Optional.empty(),
          "Topic to read; of the responses alone where `request-topic` is set. Required.");
  private static final ConfigKey<String> REQUEST_TOPIC =
      SECTION.key(
          "request-topic",
          ValueType.topic(),
          Optional.empty(),
          "Topic of the requests, where they have one of their own.");
  private static final ConfigKey<String> ENVELOPE =
      SECTION.key(
          "envelope",
          ValueType.choice(Envelope.labels().toArray(String[]::new)),
          Optional.of(Envelope.RAW.label()),
          "What a record wraps around a body.");
  private static final ConfigKey<String> FORMAT =
      SECTION.key(
          "format",
          ValueType.choice(Format.labels().toArray(String[]::new)),
          Optional.empty(),
          "What a body is. Required.");
  private static final ConfigKey<String> OUTPUT_TENSOR =
      SECTION.key(
          "output-tensor",
          ValueType.text(),
          Optional.empty(),
          "Name of the tensor with the embeddings, where there are several of floats.");
  private static final ConfigKey<String> INPUT_TENSOR =
      SECTION.key(
          "input-tensor",
          ValueType.text(),
          Optional.empty(),
          "Name of the tensor with the inputs, where there are several.");
  private static final ConfigKey<String> ID_HEADER =
      SECTION.key(
          "id-header",
          ValueType.text(),
          Optional.empty(),
          "Header with the id of the call, for `raw`; else it is read from the body.");
  private static final ConfigKey<String> MODEL =
      SECTION.key(
          "model",
          ValueType.text(),
          Optional.empty(),
          "Name of the model, in place of what the records say.");
  private static final ConfigKey<String> VERSION =
      SECTION.key(
          "version",
          ValueType.text(),
          Optional.empty(),
          "Version of the model, in place of what the records say.");
  private static final ConfigKey<Duration> WAIT =
      SECTION.key(
          "wait",
          ValueType.duration(),
          Optional.of("1m"),
          "How long a request or response waits for its other half; at most 1h.");
  private static final Map<Field, ConfigKey<String>> FIELD_KEYS = fieldKeys();
  private static final ConfigKey<String> ONLY_KEY =
      SECTION.key(
          ONLY + ATTRIBUTE,
          ValueType.text(),
          Optional.empty(),
          "Pattern with `*` that the attribute or header must match; other records are left out.");

  /** All of them, in the order of the documentation. */
  static final List<ConfigKey<?>> ALL = SECTION.declared();

  private SourceKeys() {}

  /** The key of that name, where it is one of a source. */
  static Optional<ConfigKey<?>> named(String name) {
    return SECTION
        .rest(name)
        .map(rest -> rest.startsWith(ONLY) ? ONLY + ATTRIBUTE : rest)
        .flatMap(rest -> SECTION.declared(rest, name));
  }

  /** The keys that {@code name} may have meant. */
  static List<String> namesLike(String name) {
    return SECTION.namesLike(name);
  }

  static boolean isSection(String name) {
    return SECTION.isSection(name)
        || SECTION.rest(name).filter(rest -> PARTS.contains(rest + ".")).isPresent();
  }

  /** Names of the sources that keys are given of. */
  static List<String> sources(ConfigValues values) {
    return SECTION.names(values);
  }

  /**
   * The source of that name.
   *
   * @throws IllegalArgumentException if a required key is missing or two do not fit
   */
  static SourceConfig source(String name, ConfigValues values) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    FIELD_KEYS.forEach(
        (field, key) ->
            values.find(SECTION.of(name, key)).ifPresent(path -> fields.put(field, path)));
    Map<String, String> only = new HashMap<>();
    String prefix = SECTION.of(name, ONLY_KEY).name().replace(ATTRIBUTE, "");
    for (String given : values.names()) {
      if (given.startsWith(prefix)) {
        values
            .find(NamedSection.renamed(ONLY_KEY, given))
            .ifPresent(pattern -> only.put(given.substring(prefix.length()), pattern));
      }
    }
    return new SourceConfig(
        name,
        SECTION.required(name, TOPIC, values),
        values.find(SECTION.of(name, REQUEST_TOPIC)),
        Envelope.named(values.get(SECTION.of(name, ENVELOPE))).orElseThrow(),
        Format.named(SECTION.required(name, FORMAT, values)).orElseThrow(),
        only,
        values.find(SECTION.of(name, ID_HEADER)),
        new FormatOptions(
            values.find(SECTION.of(name, OUTPUT_TENSOR)),
            values.find(SECTION.of(name, INPUT_TENSOR)),
            fields),
        values.find(SECTION.of(name, MODEL)),
        values.find(SECTION.of(name, VERSION)),
        values.get(SECTION.of(name, WAIT)));
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
          SECTION.key(
              FIELDS + field.name().toLowerCase(Locale.ROOT),
              ValueType.text(),
              Optional.empty(),
              "Where "
                  + what.get(field)
                  + " is: a JSON pointer for `json-pointer`, a column for `bentoml`."));
    }
    return keys;
  }
}
