package dev.parallax.ingest;

import dev.parallax.ingest.pairing.WaitingBytes;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology: each source has its own processors, state and two sinks, the topic of events and
 * the dead letters.
 *
 * <p>Native events and whole calls pass through one processor. Halves of calls are decoded first
 * and then go through an internal topic by the id of their call, since request and response of one
 * call can lie in different partitions or topics; what passes there are vectors and input keys, and
 * texts only where the reference needs them. Kafka Streams deletes from it what has been paired.
 *
 * <p>Nothing connects the sources, so one that is added or taken away leaves the others' state
 * alone. Records are bytes from end to end: there is no deserialiser that could fail. What is
 * written has the time of the wall clock, since Kafka's timestamps rule retention and brokers
 * refuse those in the future; the event time is a header.
 */
public final class IngestTopology {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final IngestConfig config;
  private final Clock clock;
  private final IngestCounters counters;
  private final WaitingBytes waitingBytes;
  private final StreamsBuilder builder = new StreamsBuilder();
  private final Map<String, KStream<byte[], byte[]>> topics = new HashMap<>();

  private IngestTopology(IngestConfig config, Clock clock, IngestCounters counters) {
    this.config = config;
    this.clock = clock;
    this.counters = counters;
    this.waitingBytes = new WaitingBytes(config.maxWaitingBytes());
  }

  /**
   * The topology for {@code config}.
   *
   * @param clock measures event time
   * @param counters counts the records of exactly the sources of {@code config}
   */
  public static Topology build(IngestConfig config, Clock clock, IngestCounters counters) {
    return new IngestTopology(config, clock, counters).build();
  }

  private Topology build() {
    config.sources().forEach(this::addProcessors);
    Topology topology = builder.build();
    config.sources().forEach(source -> addSinks(topology, source));
    return topology;
  }

  private void addProcessors(SourceConfig source) {
    SourceNodes nodes = new SourceNodes(source.name());
    if (source.isNative()) {
      read(
          source.topic(),
          nodes.reader(),
          () -> new SourceProcessor(nodes, config, clock, counters),
          Set.of(seen(nodes)));
    } else if (source.isPaired()) {
      addPairing(source, nodes);
    } else {
      read(
          source.topic(),
          nodes.reader(),
          () -> new CallReader(source, nodes.halves(), config, clock, counters),
          Set.of(seen(nodes)));
    }
  }

  private void addPairing(SourceConfig source, SourceNodes nodes) {
    KStream<byte[], byte[]> halves =
        read(
                source.topic(),
                nodes.reader(),
                () -> new CallReader(source, nodes.halves(), config, clock, counters),
                Set.of())
            .filter((call, half) -> true, Named.as(nodes.halves()));
    if (source.requestTopic().isPresent()) {
      halves =
          halves.merge(
              read(
                      source.requestTopic().get(),
                      nodes.requestReader(),
                      () -> new CallReader(source, nodes.requestHalves(), config, clock, counters),
                      Set.of())
                  .filter((call, half) -> true, Named.as(nodes.requestHalves())));
    }
    halves
        .repartition(
            Repartitioned.<byte[], byte[]>as(nodes.pairs())
                .withKeySerde(BYTES)
                .withValueSerde(BYTES))
        .process(
            new Supplied(
                () -> new CallPairer(source, config, clock, counters, waitingBytes),
                CallPairer.stores(source)),
            Named.as(nodes.pairer()));
  }

  private KStream<byte[], byte[]> read(
      String topic,
      String node,
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processor,
      Set<StoreBuilder<?>> stores) {
    return topics
        .computeIfAbsent(
            topic,
            name ->
                builder.stream(
                    name,
                    Consumed.with(BYTES, BYTES)
                        .withTimestampExtractor(new ArrivalTime(Clock.systemUTC()))
                        .withOffsetResetPolicy(AutoOffsetReset.earliest())
                        .withName(SourceNodes.source(name))))
        .process(new Supplied(processor, stores), Named.as(node));
  }

  private StoreBuilder<?> seen(SourceNodes nodes) {
    return SeenEvents.store(
        nodes.seen(),
        config.deduplication().window(),
        config.deduplication().maxEventsPerPartition());
  }

  private void addSinks(Topology topology, SourceConfig source) {
    SourceNodes nodes = new SourceNodes(source.name());
    if (!source.isPaired()) {
      addSink(topology, nodes.events(), config.topics().events(), nodes.reader());
      addSink(topology, nodes.deadLetters(), config.topics().deadLetters(), nodes.reader());
      return;
    }
    addSink(topology, nodes.events(), config.topics().events(), nodes.pairer());
    // Two sinks for one topic: a common one would make reading and pairing one task.
    addSink(topology, nodes.unpaired(), config.topics().deadLetters(), nodes.pairer());
    String[] readers =
        source.requestTopic().isPresent()
            ? new String[] {nodes.reader(), nodes.requestReader()}
            : new String[] {nodes.reader()};
    addSink(topology, nodes.deadLetters(), config.topics().deadLetters(), readers);
  }

  private static void addSink(Topology topology, String node, String topic, String... parents) {
    ByteArraySerializer writer = new ByteArraySerializer();
    topology.addSink(node, topic, writer, writer, parents);
  }

  /** A supplier of processors with the stores that they use. */
  private record Supplied(
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processors, Set<StoreBuilder<?>> stores)
      implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return processors.get();
    }
  }
}
