package dev.parallax.cli.replay;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.ScratchFolder;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.replay.PaneScore.Id;
import dev.parallax.cli.role.RoleSettings;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorException;
import dev.parallax.jobs.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax replay}: scores history again with the same job and says whether it agrees. */
@Command(
    name = "replay",
    description = {
      "Score history again with the same job, and compare every pane with what was said live.",
      "Reads all events of the topic, since a score depends on the baseline before it; --from and",
      "--to say which panes are compared. Sends no alerts and writes to no topic."
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final String CONFIG = "parallax.yaml";
  private static final String BROKER = "kafka";

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Replay what a demo kept in this folder.")
  private @Nullable Path data;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "First event time to compare, RFC 3339.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "End of the comparison, RFC 3339.")
  private @Nullable String to;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallelism of the job; scores do not depend on it.")
  private @Nullable Integer parallelism;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the scores (scores.jsonl) and the comparison (comparison.json) here.")
  private @Nullable Path out;

  @Option(
      names = "--openmetrics",
      paramLabel = "FILE",
      description = "Write live and replayed figures for Prometheus, to be drawn side by side.")
  private @Nullable Path openMetrics;

  /** A command that prints to {@code terminal}. */
  public ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Instant first = instant("--from", from).orElse(Instant.MIN);
    Instant end = instant("--to", to).orElse(Instant.MAX);
    if (!first.isBefore(end)) {
      throw CliException.usage("--from " + from + ": expected a time before --to " + to);
    }
    List<String> decided = new ArrayList<>();
    if (parallelism != null) {
      decided.add("monitor.parallelism=" + parallelism);
    }
    if (data == null) {
      return replay(options.load(terminal.environment(), decided), first, end);
    }
    Path kept = data.resolve(CONFIG);
    if (!Files.isRegularFile(kept) || !Files.isDirectory(data.resolve(BROKER))) {
      throw CliException.failure(data + ": expected a folder that `parallax demo --data` kept");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.keeping(data.resolve(BROKER))) {
      decided.add("kafka.bootstrap-servers=" + kafka.bootstrapServers());
      return replay(options.orElse(kept).load(terminal.environment(), decided), first, end);
    }
  }

  private int replay(ParallaxConfig config, Instant first, Instant end) throws IOException {
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(config.topics().names().events());
      brokers.requireTopic(config.topics().names().scores());
    }
    try (ScratchFolder scratch = ScratchFolder.create("replay")) {
      MonitorConfig monitor = RoleSettings.monitor(config, scratch.path());
      terminal.out().println("Replaying " + monitor.topics().events() + " ...");
      Map<Id, PaneScore> replayed = new ConcurrentHashMap<>();
      Replay.run(
          monitor,
          scratch.path(),
          record -> {
            PaneScore score = PaneScore.of(record.key(), record.value());
            replayed.put(score.id(), score);
          });
      Map<Id, PaneScore> live =
          LiveScores.read(
              monitor.topics().scores(), monitor.bootstrapServers(), monitor.clientProperties());
      Map<Id, PaneScore> saidLive = between(live, first, end);
      Map<Id, PaneScore> scoredAgain = between(replayed, first, end);
      Comparison comparison = Comparison.of(saidLive, scoredAgain);
      comparison.lines().forEach(terminal.out()::println);
      if (out != null) {
        write(out, scoredAgain, comparison);
      }
      if (openMetrics != null) {
        AuditMetrics.write(openMetrics, saidLive.values(), scoredAgain.values());
        terminal.out().println("Written to " + openMetrics);
      }
      return comparison.agrees() ? ExitCode.OK : ExitCode.FAILURE;
    } catch (MonitorException e) {
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<Id, PaneScore> between(Map<Id, PaneScore> scores, Instant first, Instant end) {
    Map<Id, PaneScore> between = new TreeMap<>(scores);
    between
        .keySet()
        .removeIf(id -> id.paneStart().isBefore(first) || !id.paneStart().isBefore(end));
    return between;
  }

  private void write(Path folder, Map<Id, PaneScore> scores, Comparison comparison)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("scores.jsonl"),
        scores.values().stream().map(PaneScore::text).toList(),
        StandardCharsets.UTF_8);
    Files.write(folder.resolve("comparison.json"), comparison.toJson());
    terminal.out().println("Written to " + folder);
  }

  private static Optional<Instant> instant(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw CliException.usage(
          option + " " + text + ": expected a time such as 2026-01-05T00:30:00Z", e);
    }
  }
}
