package dev.parallax.cli.demo;

import dev.parallax.cli.BuildInfo;
import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.ScratchFolder;
import dev.parallax.cli.demo.models.Answers;
import dev.parallax.cli.demo.models.BundledDemoEncoders;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoInputs;
import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.models.EmbeddingPlan;
import dev.parallax.cli.demo.publish.DemoRecords;
import dev.parallax.cli.demo.publish.SimulatedClock;
import dev.parallax.cli.demo.publish.TrafficPublisher;
import dev.parallax.cli.demo.publish.TrafficTime;
import dev.parallax.cli.demo.stack.DemoSettings;
import dev.parallax.cli.demo.stack.DemoStack;
import dev.parallax.cli.demo.stack.IngestView;
import dev.parallax.cli.demo.stack.JobProgress;
import dev.parallax.cli.demo.stack.MonitorView;
import dev.parallax.cli.demo.stack.ScoreFollower;
import dev.parallax.cli.demo.terminal.Screen;
import dev.parallax.cli.demo.terminal.Words;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.cli.demo.view.DemoView;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.FleetView;
import dev.parallax.cli.demo.view.ModelView;
import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.window.EventCounts;
import dev.parallax.exporter.Exporter;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.LocalSources;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import dev.parallax.onnx.cache.ParallaxCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One demo from the first line to the last: starts the product, sends it traffic, shows what it
 * says, closes the books.
 */
final class DemoRun {

  private static final int ENCODER_THREADS = 2;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration CATCH_UP = Duration.ofMinutes(3);

  private final DemoOptions options;
  private final Screen screen;
  private final Interrupt interrupt;
  private final Instant jvmStart =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

  private final TrafficShape shape;
  private final DemoStory story;
  private final DemoInputs inputs;
  private final TrafficPlan plan;
  private final FleetView fleet = new FleetView(DemoFleet.MODELS);
  private @Nullable Duration firstScore;

  DemoRun(DemoOptions options, Screen screen, Interrupt interrupt) {
    this.options = options;
    this.screen = screen;
    this.interrupt = interrupt;
    this.shape = TrafficShape.of(options.seed(), options.duration(), options.speed());
    this.story = new DemoStory(options.scenario(), shape.faultAt());
    Instant begin = Instant.now();
    screen.working("Reading texts from WordNet");
    this.inputs =
        options
            .scenario()
            .inputs(WordNetCorpus.load(), options.seed(), DemoStack.secret().newHasher());
    this.plan = options.scenario().plan(shape, inputs);
    screen.done(
        Words.count(inputs.size())
            + " short texts of WordNet for "
            + DemoFleet.MODELS.size()
            + " models",
        since(begin));
  }

  /** Runs the demo; returns early, with everything stopped, when asked to stop. */
  int run() throws Exception {
    Answers answers = new Answers(options.scenario(), plan);
    try (ScratchFolder scratch = ScratchFolder.create("demo");
        EmbeddingPlan embeddings =
            new EmbeddingPlan(
                plan, answers, inputs, new BundledDemoEncoders(ParallaxCache.locate()))) {
      embeddings.start(ENCODER_THREADS);
      try (DemoStack stack = startStack(scratch.path())) {
        return serve(stack, scratch.path(), answers, embeddings);
      }
    }
  }

  private DemoStack startStack(Path workDir) {
    Instant begin = Instant.now();
    screen.working("Starting a Kafka broker in this process");
    EmbeddedKafka kafka = options.data().map(this::keeping).orElseGet(EmbeddedKafka::temporary);
    DemoStack stack = DemoStack.start(kafka, workDir);
    screen.done("Kafka broker on " + stack.bootstrapServers(), since(begin));
    return stack;
  }

  private EmbeddedKafka keeping(Path data) {
    try {
      Files.createDirectories(data);
      Files.writeString(data.resolve("parallax.yaml"), new DemoSettings(shape).toYaml());
    } catch (IOException e) {
      throw CliException.failure(data + ": not usable as a folder for data: " + e.getMessage(), e);
    }
    return EmbeddedKafka.keeping(data.resolve("kafka"));
  }

  private int serve(DemoStack stack, Path workDir, Answers answers, EmbeddingPlan embeddings)
      throws Exception {
    SimulatedClock clock = new SimulatedClock(TrafficShape.EPOCH);
    Instant begin = Instant.now();
    screen.working("Starting ingest (Kafka Streams) and the monitoring job (Flink)");
    CompletableFuture<Void> job =
        inBackground(
            "demo-job",
            () ->
                stack.startMonitor(
                    new DemoSettings(shape).monitor(stack.bootstrapServers(), workDir)));
    try {
      stack.startIngest(clock);
    } finally {
      // A stack is closed only when nothing is being started in it any more.
      job.handle((done, failure) -> null).join();
    }
    job.get();
    screen.done(
        "Ingest (Kafka Streams) and monitoring job (Flink), both exactly once", since(begin));
    TrafficPublisher publisher =
        new TrafficPublisher(
            plan,
            answers,
            embeddings,
            new DemoRecords(
                DemoRecords.SOURCE, DemoSettings.SOURCE_TOPIC, DemoFleet.MODELS, inputs),
            TrafficPublisher.producer(stack.bootstrapServers()),
            TrafficTime.simulated(clock, options.speed()));
    interrupt.onRequest(publisher::stop);
    CompletableFuture<Void> traffic = inBackground("demo-traffic", publisher::run);
    try (Exporter exporter = exporter(stack, publisher);
        ScoreFollower scores =
            new ScoreFollower(stack.topics().scores(), stack.bootstrapServers())) {
      exporter.start();
      screen.done("Status page " + exporter.address() + "/", Duration.ZERO);
      follow(stack, publisher, traffic, scores, clock, embeddings, exporter);
      if (interrupt.requested()) {
        return ExitCode.OK;
      }
      return close(stack, publisher, scores, exporter);
    } finally {
      publisher.stop();
      traffic.handle((done, failure) -> null).join();
    }
  }

  private Exporter exporter(DemoStack stack, TrafficPublisher publisher) {
    ExporterConfig config =
        ExporterConfig.of(stack.bootstrapServers())
            .withTopics(stack.topics())
            .withAddress(ExporterConfig.DEFAULT_HOST, options.port());
    LocalSources sources =
        MonitorView.withJob(LocalSources.NONE, stack.jobMetrics())
            .withIngest(() -> IngestView.of(stack.counters(), publisher::produced))
            .withIngestLag(stack::ingestLag)
            .withBanner(story::banner);
    return new Exporter(config, BuildInfo.load().version(), sources);
  }

  /** A task of the demo that may be interrupted. */
  private interface Task {
    void run() throws InterruptedException;
  }

  private static CompletableFuture<Void> inBackground(String name, Task task) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            task.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        },
        runnable -> {
          Thread thread = new Thread(runnable, name);
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void follow(
      DemoStack stack,
      TrafficPublisher publisher,
      CompletableFuture<Void> traffic,
      ScoreFollower scores,
      SimulatedClock clock,
      EmbeddingPlan embeddings,
      Exporter exporter)
      throws Exception {
    boolean faultTold = false;
    while (!interrupt.requested() && !(traffic.isDone() && allRead(stack, publisher))) {
      scores.poll(TICK, this::see);
      stack.checkHealth();
      if (traffic.isCompletedExceptionally()) {
        traffic.get();
      }
      Duration position = Duration.between(TrafficShape.EPOCH, clock.instant());
      if (!faultTold && clock.millis() >= shape.startOf(shape.faultPane())) {
        faultTold = true;
        story.notes().forEach(screen::note);
      }
      screen.update(view(stack, publisher, embeddings, exporter, position));
    }
  }

  private static boolean allRead(DemoStack stack, TrafficPublisher publisher) {
    return stack.ingested().total() >= publisher.produced();
  }

  private void see(ScoreReading reading) {
    if (firstScore == null) {
      firstScore = since(jvmStart);
      screen.note("First score " + Words.wall(firstScore) + " after the start.");
    }
    fleet
        .accept(reading)
        .ifPresent(
            change ->
                screen.note(
                    Words.clock(change.paneEnd())
                        + "  "
                        + change.model().subject()
                        + (change.armed()
                            ? ": baseline armed"
                            : ": " + change.from().label() + " -> " + change.to().label())));
  }

  private DemoView view(
      DemoStack stack,
      TrafficPublisher publisher,
      EmbeddingPlan embeddings,
      Exporter exporter,
      Duration position) {
    Duration length = shape.pane().multipliedBy(shape.panes());
    Duration within = position.compareTo(length) > 0 ? length : position;
    int pane = (int) Math.min(shape.panes(), within.toMillis() / shape.pane().toMillis() + 1);
    return new DemoView(
        within,
        length,
        pane,
        shape.panes(),
        options.speed(),
        fleet.models(),
        totals(stack, publisher),
        embeddings.progress(),
        exporter.address() + "/");
  }

  private EventTotals totals(DemoStack stack, TrafficPublisher publisher) {
    SourceCounts ingest = stack.ingested();
    EventCounts scored = fleet.counts();
    return new EventTotals(
        publisher.produced(),
        ingest.accepted() + ingest.duplicate(),
        scored.scored(),
        scored.sampledOut(),
        ingest.rejected(),
        scored.late(),
        ingest.duplicate() + scored.duplicate());
  }

  /**
   * Waits until every record has gone the whole way, closes the last panes and says what was seen.
   */
  private int close(
      DemoStack stack, TrafficPublisher publisher, ScoreFollower scores, Exporter exporter)
      throws Exception {
    stack.stopIngest();
    awaitJob(stack, scores);
    if (interrupt.requested()) {
      return ExitCode.OK;
    }
    stack.drainMonitor();
    scores.pollToEnd(this::see);
    EventTotals totals = totals(stack, publisher);
    List<ModelView> models = fleet.models();
    Duration wall = since(jvmStart);
    List<String> lines =
        new ArrayList<>(new DemoSummary(shape, options.scenario(), models, totals, wall).lines());
    if (options.report().isPresent()) {
      report(totals, models, wall).writeTo(options.report().get());
      lines.add("Report: " + options.report().get());
    }
    lines.addAll(next(exporter));
    screen.finish(lines);
    return totals.balances() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void awaitJob(DemoStack stack, ScoreFollower scores) throws Exception {
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    try (JobProgress progress =
        JobProgress.towardsEndOf(
            stack.topics().events(), stack.bootstrapServers(), "parallax-monitor")) {
      while (!interrupt.requested() && !progress.isDone()) {
        scores.poll(TICK, this::see);
        stack.checkHealth();
        if (System.nanoTime() > deadline) {
          throw CliException.failure("the job did not catch up within " + Words.wall(CATCH_UP));
        }
      }
    }
  }

  private DemoReport report(EventTotals totals, List<ModelView> models, Duration wall) {
    DemoScenario scenario = options.scenario();
    List<DemoReport.Model> reported = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      ModelView view = models.get(i);
      reported.add(
          scenario.fault().isPresent() && scenario.broken() == i
              ? DemoReport.Model.broken(view, scenario.fault().get(), shape.faultAt())
              : DemoReport.Model.healthy(view));
    }
    return DemoReport.of(totals, reported, Optional.ofNullable(firstScore), wall);
  }

  private List<String> next(Exporter exporter) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Metrics were on " + exporter.address() + "/metrics while it ran.");
    lines.add("Next:");
    if (options.data().isPresent()) {
      lines.add("  ./parallax replay --data " + options.data().get() + "   score all of it again");
    } else {
      lines.add("  ./parallax demo --data demo-data       keep the topics, to replay them");
    }
    lines.add("  ./parallax demo --fault rotated-basis  break it in another way");
    lines.add("  ./parallax doctor                      check this machine and a configuration");
    return lines;
  }

  private static Duration since(Instant begin) {
    return Duration.between(begin, Instant.now());
  }
}
