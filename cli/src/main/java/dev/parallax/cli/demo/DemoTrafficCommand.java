package dev.parallax.cli.demo;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Logging;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.DurationConverter;
import dev.parallax.cli.config.ParallaxConfig;
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
import dev.parallax.cli.demo.stack.DemoStack;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.ingest.SourceConfig;
import dev.parallax.onnx.cache.ParallaxCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code parallax demo-traffic}: the traffic of {@code parallax demo} to brokers that are there
 * already, for deployments that want something to look at. First that of the last hours, faster
 * than it would have come, so that baselines are armed soon; then as much in step with the clock,
 * in which one model is broken.
 *
 * <p>Not in the list of commands: a monitor of one's own models has no use for it.
 */
@Command(
    name = "demo-traffic",
    hidden = true,
    description = {
      "Publish the demo's traffic to the first source of native events: the last hours, then the"
          + " present, in which one model breaks.",
      "To a topic that holds records already it publishes no past."
    })
public final class DemoTrafficCommand implements Callable<Integer> {

  private static final int ENCODER_THREADS = 1;
  private static final double MAX_SPEED = 600;

  private final Terminal terminal;
  private final Clock wall;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--history",
      defaultValue = "5h",
      converter = DurationConverter.class,
      description =
          "How much of the past comes first, and how much of the present afterwards (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration history = Duration.ofHours(5);

  @Option(
      names = "--speed",
      defaultValue = "60",
      description = "Seconds of the past a second (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--fault",
      defaultValue = "truncation",
      completionCandidates = DemoCommand.FaultNames.class,
      description = "How the model breaks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String fault = "truncation";

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the traffic.")
  private long seed;

  /** A command that prints to {@code terminal}. */
  public DemoTrafficCommand(Terminal terminal) {
    this(terminal, Clock.systemUTC());
  }

  DemoTrafficCommand(Terminal terminal, Clock wall) {
    this.terminal = terminal;
    this.wall = wall;
  }

  @Override
  public Integer call() throws Exception {
    Logging.warnings();
    if (!(speed > 0 && speed <= MAX_SPEED)) {
      throw CliException.usage("--speed " + speed + ": expected more than 0 and at most 600");
    }
    DemoScenario scenario = DemoCommand.scenario(fault);
    ParallaxConfig config = options.load(terminal.environment());
    String topic = topic(config);
    TrafficShape shape = shape(config, isEmpty(config, topic));
    return Interrupt.during(interrupt -> publish(config, topic, scenario, shape, interrupt));
  }

  private static String topic(ParallaxConfig config) {
    return config.ingest().sources().stream()
        .filter(SourceConfig::isNative)
        .findFirst()
        .map(SourceConfig::name)
        .orElseThrow(
            () -> CliException.failure("ingest.sources: expected a topic of native events"));
  }

  private static boolean isEmpty(ParallaxConfig config, String topic) {
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(topic);
      return brokers.isEmpty(topic);
    }
  }

  private TrafficShape shape(ParallaxConfig config, boolean withPast) {
    Duration pane = config.monitor().pane();
    int panes = Math.toIntExact(Math.max(1, history.dividedBy(pane)));
    Instant present = wall.instant();
    long begin = present.minusMillis(present.toEpochMilli() % pane.toMillis()).toEpochMilli();
    return new TrafficShape(
        seed,
        Instant.ofEpochMilli(withPast ? begin - panes * pane.toMillis() : begin),
        pane,
        2 * panes,
        TrafficShape.INPUTS_PER_PANE);
  }

  private int publish(
      ParallaxConfig config,
      String topic,
      DemoScenario scenario,
      TrafficShape shape,
      Interrupt interrupt)
      throws InterruptedException {
    DemoInputs inputs = scenario.inputs(WordNetCorpus.load(), seed, DemoStack.secret().newHasher());
    TrafficPlan plan = scenario.plan(shape, inputs);
    Answers answers = new Answers(scenario, plan);
    try (EmbeddingPlan embeddings =
        new EmbeddingPlan(plan, answers, inputs, new BundledDemoEncoders(ParallaxCache.locate()))) {
      embeddings.start(ENCODER_THREADS);
      TrafficPublisher publisher =
          new TrafficPublisher(
              plan,
              answers,
              embeddings,
              new DemoRecords(
                  DemoRecords.SOURCE + "/" + shape.start(), topic, DemoFleet.MODELS, inputs),
              TrafficPublisher.producer(
                  config.kafka().bootstrapServers(), config.kafka().clientProperties()),
              TrafficTime.upToThePresent(new SimulatedClock(shape.start()), speed, wall));
      interrupt.onRequest(publisher::stop);
      terminal.err().println("demo traffic to " + topic + " from " + shape.start());
      new DemoStory(scenario, shape.faultAt()).notes().forEach(terminal.err()::println);
      publisher.run();
      terminal.err().println("published " + publisher.produced() + " records");
    }
    return ExitCode.OK;
  }
}
