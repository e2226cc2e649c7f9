package dev.parallax.cli.config;

import dev.parallax.cli.config.ReferenceSection.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys of the references that models have beside the one that all of them share. */
final class ReferenceKeys {

  private static final NamedSection SECTION = new NamedSection("references");

  private static final ConfigKey<ReferenceSection.Encoder> MANIFEST =
      SECTION.key(
          "manifest",
          ValueType.encoder(),
          Optional.empty(),
          "The encoder: `builtin:<name>`, or the path of a `reference.json`. Required unless"
              + " attached.");
  private static final ConfigKey<String> KIND =
      SECTION.key(
          "kind",
          ValueType.choice("encoder", "attached"),
          Optional.of("encoder"),
          "As `reference.kind`.");
  private static final ConfigKey<String> ID =
      SECTION.key(
          "id", ValueType.text(), Optional.empty(), "Id of the reference space; else the name.");
  private static final ConfigKey<List<String>> MODELS =
      SECTION.key(
          "models",
          ValueType.names("models"),
          Optional.empty(),
          "Models that are compared with it; all if none is named.");
  private static final ConfigKey<Integer> THREADS =
      SECTION.key(
          "threads", ValueType.integer(1, 256), Optional.of("1"), "Threads of the encoder.");
  private static final ConfigKey<Integer> CACHE_MEGABYTES =
      SECTION.key(
          "cache-megabytes",
          ValueType.integer(1, 65_536),
          Optional.of("64"),
          "Most memory for its vectors that were computed already.");

  /** All of them, in the order of the documentation. */
  static final List<ConfigKey<?>> ALL = SECTION.declared();

  private ReferenceKeys() {}

  /** The key of that name, where it is one of a further reference. */
  static Optional<ConfigKey<?>> named(String name) {
    return SECTION.rest(name).flatMap(rest -> SECTION.declared(rest, name));
  }

  /** The keys that {@code name} may have meant. */
  static List<String> namesLike(String name) {
    return SECTION.namesLike(name);
  }

  static boolean isSection(String name) {
    return SECTION.isSection(name);
  }

  /**
   * The further references, by name.
   *
   * @throws IllegalArgumentException if a required key is missing
   */
  static List<FurtherReferenceSection> all(ConfigValues values) {
    return SECTION.names(values).stream().map(name -> of(name, values)).toList();
  }

  private static FurtherReferenceSection of(String name, ConfigValues values) {
    Kind kind = Kind.valueOf(values.get(SECTION.of(name, KIND)).toUpperCase(Locale.ROOT));
    ReferenceSection.Encoder encoder =
        kind == Kind.ATTACHED
            ? values.get(ConfigKeys.REFERENCE_MANIFEST)
            : SECTION.required(name, MANIFEST, values);
    return new FurtherReferenceSection(
        new ReferenceSection(
            kind,
            encoder,
            Optional.of(values.find(SECTION.of(name, ID)).orElse(name)),
            values.get(SECTION.of(name, THREADS)),
            values.get(SECTION.of(name, CACHE_MEGABYTES))),
        Set.copyOf(values.find(SECTION.of(name, MODELS)).orElse(List.of())));
  }
}
