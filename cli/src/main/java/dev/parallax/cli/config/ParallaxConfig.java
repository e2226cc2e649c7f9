package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole configuration, checked.
 *
 * @param kafka how to reach Kafka
 * @param topics the topics
 * @param reference the reference space
 * @param furtherReferences what models are compared with beside it
 * @param provider where ONNX Runtime computes: {@code cpu} or {@code cuda[:device][+tf32]}
 * @param ingest settings of ingest
 * @param monitor settings of the job
 * @param exporter settings of the exporter
 */
public record ParallaxConfig(
    KafkaSection kafka,
    TopicsSection topics,
    ReferenceSection reference,
    List<FurtherReferenceSection> furtherReferences,
    String provider,
    IngestSection ingest,
    MonitorSection monitor,
    ExporterSection exporter) {

  /** Copies the list. */
  public ParallaxConfig {
    furtherReferences = List.copyOf(furtherReferences);
  }

  /** All references, the shared one first. */
  public List<ReferenceSection> references() {
    return Stream.concat(
            Stream.of(reference),
            furtherReferences.stream().map(FurtherReferenceSection::reference))
        .toList();
  }

  /** Whether a text is needed of each event, for an encoder. */
  public boolean needsInputText() {
    return references().stream().anyMatch(r -> r.kind() == ReferenceSection.Kind.ENCODER);
  }

  /**
   * Reads the configuration: defaults, over them the file, over it the environment, over all the
   * flags.
   *
   * @param file the YAML file; empty for defaults
   * @param environment environment variables by name; those that start with {@code PARALLAX_} and
   *     fit a key override it
   * @param flags {@code key=value} of every {@code --set}
   * @throws CliException naming the place, the key, its value and what was expected
   */
  public static ParallaxConfig load(
      Optional<Path> file, Map<String, String> environment, List<String> flags) {
    ConfigValues values = new ConfigValues();
    file.map(YamlFile::read).ifPresent(values::overrideWith);
    values.overrideWith(EnvironmentOverrides.read(environment));
    values.overrideWith(FlagOverrides.read(flags));
    Origin origin = file.map(Origin::file).orElse(Origin.defaults());
    return ConfigSections.of(values, origin);
  }
}
