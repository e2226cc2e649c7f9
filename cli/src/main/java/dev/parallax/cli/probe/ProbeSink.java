package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.probe.CycleException.Kind;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.probe.ProbeSet;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.ingest.client.DropCause;
import dev.parallax.ingest.client.EmbeddingPublisher;
import dev.parallax.ingest.client.PublisherCounts;
import dev.parallax.ingest.source.EventAssembler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Publishes the answers of cycles as native events on the events topic. */
final class ProbeSink implements AutoCloseable {

  /** {@code ce_source} of the events. */
  static final String SOURCE = "/parallax/probe";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final EmbeddingPublisher publisher;
  private final ProbeSet set;
  private final Optional<String> model;
  private final Optional<String> version;
  private final Pauses pauses;

  private ProbeSink(
      EmbeddingPublisher publisher,
      ProbeSet set,
      Optional<String> model,
      Optional<String> version,
      Pauses pauses) {
    this.publisher = publisher;
    this.set = set;
    this.model = model;
    this.version = version;
    this.pauses = pauses;
  }

  /**
   * Makes sure that brokers and topic are there.
   *
   * @param model name of the model in the events; else what the endpoint says it is
   * @param version its version; else {@code unversioned@width}, as ingest calls those without
   * @throws CliException if they are not, or no secret for input keys is configured
   */
  static ProbeSink open(
      ParallaxConfig config,
      ProbeSet set,
      Optional<String> model,
      Optional<String> version,
      Pauses pauses) {
    byte[] secret =
        config
            .ingest()
            .readInputKeySecret()
            .orElseThrow(
                () ->
                    CliException.failure(
                        "ingest.input-key-secret-file is not set: probes are published under"
                            + " input keys; --check needs none"));
    String topic = config.topics().names().events();
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(topic);
    }
    EmbeddingPublisher.Builder builder =
        EmbeddingPublisher.builder(config.kafka().bootstrapServers(), topic, SOURCE)
            .inputKeySecret(InputKeySecret.of(secret))
            .sendInputText(true)
            .deliveryTimeout(PATIENCE)
            .limits(config.ingest().limits());
    config.kafka().clientProperties().forEach(builder::producerProperty);
    try {
      return new ProbeSink(builder.build(), set, model, version, pauses);
    } catch (IllegalArgumentException | KafkaException e) {
      throw CliException.failure("cannot publish: " + e.getMessage(), e);
    }
  }

  /**
   * Publishes a cycle and waits until the brokers have all of it.
   *
   * @return the subject of its events, {@code model/version}
   * @throws CycleException if they have not, or the model has no name that events can have
   */
  String publish(CycleAnswers cycle) throws CycleException, InterruptedException {
    String name =
        model
            .or(cycle::model)
            .orElseThrow(
                () ->
                    new CycleException(
                        Kind.REFUSED, "the endpoint names no model: expected --model NAME"));
    String named = version.orElseGet(() -> EventAssembler.NO_VERSION + "@" + cycle.width());
    Map<String, String> attributes = ProbeAttributes.of(set, cycle.startMillis());
    PublisherCounts before = publisher.counts();
    for (int i = 0; i < set.size(); i++) {
      CycleAnswers.Answered answer = cycle.answers().get(i);
      publisher.publish(
          new EmbeddingEvent(
              name,
              named,
              answer.vector(),
              Optional.empty(),
              Optional.of(set.probes().get(i).text()),
              Optional.empty(),
              Optional.empty(),
              attributes,
              true),
          UUID.randomUUID().toString(),
          answer.timeMillis());
    }
    awaitDelivery(before);
    return name + "/" + named;
  }

  private void awaitDelivery(PublisherCounts before) throws CycleException, InterruptedException {
    long end = System.nanoTime() + 2 * PATIENCE.toNanos();
    PublisherCounts now = publisher.counts();
    while (now.queued() > 0 && System.nanoTime() < end) {
      pauses.pause(LOOK);
      now = publisher.counts();
    }
    long delivered = now.delivered() - before.delivered();
    if (delivered < set.size()) {
      boolean refused =
          count(before, now, DropCause.REJECTED) + count(before, now, DropCause.TOO_LARGE) > 0;
      throw new CycleException(
          refused ? Kind.REFUSED : Kind.UNUSABLE,
          delivered + " of " + set.size() + " answers published: " + why(before, now));
    }
  }

  private static long count(PublisherCounts before, PublisherCounts now, DropCause cause) {
    return now.dropped(cause) - before.dropped(cause);
  }

  private static String why(PublisherCounts before, PublisherCounts now) {
    String causes =
        Arrays.stream(DropCause.values())
            .filter(cause -> count(before, now, cause) > 0)
            .map(DropCause::label)
            .collect(Collectors.joining(", "));
    return causes
        + now.lastRejection().map(fault -> ", " + fault.detail()).orElse("")
        + now.lastFailure().map(failure -> ", " + failure).orElse("");
  }

  @Override
  public void close() {
    publisher.close();
  }
}
