package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ExporterSection;
import dev.parallax.cli.config.IngestSection;
import dev.parallax.cli.config.MonitorSection;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.config.ReferenceSection;
import dev.parallax.cli.config.ReferenceSection.Encoder;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.web.WebConfig;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import dev.parallax.jobs.MonitorConfig.DetectorSettings;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The configuration of each module, from that of the command. */
public final class RoleSettings {

  private static final String BUILT_IN = "builtin:";
  private static final long MEGABYTE = 1L << 20;

  private RoleSettings() {}

  /**
   * The job's.
   *
   * @param scratch folder for checkpoints when none is configured
   * @throws CliException if the module refuses a value
   */
  public static MonitorConfig monitor(ParallaxConfig config, Path scratch) {
    MonitorSection monitor = config.monitor();
    return checked(
        () ->
            new MonitorConfig(
                config.kafka().bootstrapServers(),
                config.kafka().clientProperties(),
                config.topics().names(),
                monitor.applicationId(),
                monitor.pane(),
                monitor.windowPanes(),
                monitor.sampleSize(),
                monitor.lateness(),
                monitor.idleTimeout(),
                monitor.silentAfter(),
                monitor.seed(),
                new BaselineSettings(
                    monitor.baseline().panes(),
                    monitor.baseline().minPairs(),
                    monitor.baseline().strata(),
                    monitor.baseline().ridge(),
                    monitor.baseline().arming()),
                new DetectorSettings(monitor.detector().margin(), monitor.detector().floor()),
                monitor.fleet(),
                new SliceSettings(
                    monitor.slices().attributes(),
                    monitor.slices().values(),
                    monitor.slices().minPairs()),
                monitor.probeTolerance(),
                reference(config),
                further(config),
                config.provider(),
                monitor.parallelism(),
                monitor.checkpointInterval(),
                monitor.checkpointDir().orElse(scratch.resolve("checkpoints")).toUri().toString(),
                monitor.restore()));
  }

  /**
   * Ingest's. Texts travel on with their events only where an encoder here reads them.
   *
   * @param scratch folder for its state when none is configured
   * @throws CliException if the module refuses a value or the secret cannot be read
   */
  public static IngestConfig ingest(ParallaxConfig config, Path scratch) {
    IngestSection ingest = config.ingest();
    return checked(
        () -> {
          IngestConfig.Builder builder =
              IngestConfig.builder(
                      config.kafka().bootstrapServers(),
                      ingest.stateDir().orElse(scratch.resolve("ingest")),
                      List.of())
                  .applicationId(ingest.applicationId())
                  .topics(config.topics().names())
                  .limits(ingest.limits())
                  .forwardInputText(config.needsInputText())
                  .deduplication(
                      new IngestConfig.Deduplication(
                          ingest.deduplicationWindow(), ingest.deduplicationMaxEvents()))
                  .commitInterval(ingest.commitInterval())
                  .threads(ingest.threads())
                  .standbyReplicas(ingest.standbyReplicas())
                  .deadLetterValues(ingest.deadLetterValues())
                  .maxWaitingBytes(ingest.maxWaitingMegabytes() * MEGABYTE)
                  .client(config.kafka().clientProperties());
          ingest.sources().forEach(builder::source);
          ingest.readInputKeySecret().map(InputKeySecret::of).ifPresent(builder::inputKeySecret);
          ingest.groupInstanceId().ifPresent(builder::groupInstanceId);
          return builder.build();
        });
  }

  /**
   * The exporter's.
   *
   * @throws CliException if the module refuses a value
   */
  public static ExporterConfig exporter(ParallaxConfig config) {
    ExporterSection exporter = config.exporter();
    return checked(
        () ->
            new ExporterConfig(
                config.kafka().bootstrapServers(),
                config.topics().names(),
                exporter.host(),
                exporter.port(),
                web("exporter", exporter.webConfigFile()),
                exporter.seriesRetention(),
                exporter.maxSeries(),
                exporter.historyPoints(),
                config.monitor().fleet().budget(),
                config.furtherReferences().stream()
                    .flatMap(further -> further.reference().id().stream())
                    .collect(Collectors.toSet()),
                config.kafka().clientProperties()));
  }

  /**
   * What a role's web configuration file asks for.
   *
   * @param role section of the configuration that names the file
   * @throws CliException if it, or a file that it names, is refused or cannot be read
   */
  static WebConfig web(String role, Optional<Path> file) {
    return checked(
        () ->
            file.map(path -> WebConfig.read(role + ".web-config-file", path))
                .orElse(WebConfig.NONE));
  }

  /**
   * The reference space's.
   *
   * @throws CliException if its manifest is refused or cannot be read
   */
  public static ReferenceSettings reference(ParallaxConfig config) {
    return reference(config.reference(), config);
  }

  private static List<FurtherReference> further(ParallaxConfig config) {
    return config.furtherReferences().stream()
        .map(other -> new FurtherReference(reference(other.reference(), config), other.models()))
        .toList();
  }

  private static ReferenceSettings reference(ReferenceSection reference, ParallaxConfig config) {
    if (reference.kind() == ReferenceSection.Kind.ATTACHED) {
      return ReferenceSettings.attached(reference.id().orElseThrow());
    }
    return new ReferenceSettings(
        ReferenceSettings.Kind.ENCODER,
        reference.id().orElseGet(() -> manifest(reference.encoder()).id()),
        location(reference.encoder()),
        config.provider(),
        reference.threads(),
        reference.cacheMegabytes() * MEGABYTE,
        ParallaxCache.locate().embeddings().toString());
  }

  /**
   * The manifest of an encoder.
   *
   * @throws CliException if it is refused or cannot be read
   */
  public static EncoderManifest manifest(Encoder encoder) {
    return checked(
        () -> {
          if (encoder instanceof Encoder.BuiltIn builtIn) {
            return BundledEncoders.manifest(builtIn.name());
          }
          Path file = ((Encoder.Manifest) encoder).file();
          try {
            return EncoderManifest.read(file.toString(), Files.readAllBytes(file));
          } catch (IOException e) {
            throw CliException.failure(
                "reference.manifest="
                    + file
                    + ": expected a readable manifest, "
                    + Unreadable.because(e, file),
                e);
          }
        });
  }

  private static String location(Encoder encoder) {
    return encoder instanceof Encoder.BuiltIn builtIn
        ? BUILT_IN + builtIn.name()
        : ((Encoder.Manifest) encoder).file().toString();
  }

  /** What a module refuses is a failure to the user, in the module's words. */
  static <T> T checked(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException | ModelRefusedException e) {
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }
}
