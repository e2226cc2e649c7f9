package dev.parallax.ingest;

import java.time.Clock;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The topology: each source topic has its own source, processor, memory of accepted events and two
 * sinks, the topic of events and the dead letters.
 *
 * <p>Nothing connects the sources, so a partition of a source is a task of its own, and a source
 * that is added or taken away leaves the others' state alone. Records are bytes from end to end:
 * there is no deserialiser that could fail. Time is the wall clock throughout; the event time is a
 * header, since Kafka's timestamps rule retention and brokers refuse those in the future.
 */
public final class IngestTopology {

  private IngestTopology() {}

  /**
   * The topology for {@code config}.
   *
   * @param clock measures event time and stamps what is written
   * @param counters counts the records of exactly the sources of {@code config}
   */
  public static Topology build(IngestConfig config, Clock clock, IngestCounters counters) {
    Topology topology = new Topology();
    for (String topic : config.sources()) {
      add(topology, new SourceNodes(topic), config, clock, counters);
    }
    return topology;
  }

  private static void add(
      Topology topology,
      SourceNodes nodes,
      IngestConfig config,
      Clock clock,
      IngestCounters counters) {
    ByteArrayDeserializer reader = new ByteArrayDeserializer();
    ByteArraySerializer writer = new ByteArraySerializer();
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            nodes.source(),
            new WallclockTimestampExtractor(),
            reader,
            reader,
            nodes.topic())
        .addProcessor(
            nodes.processor(),
            new SourceProcessorSupplier(nodes, config, clock, counters),
            nodes.source())
        .addSink(nodes.events(), config.topics().events(), writer, writer, nodes.processor())
        .addSink(
            nodes.deadLetters(), config.topics().deadLetters(), writer, writer, nodes.processor());
  }

  private record SourceProcessorSupplier(
      SourceNodes nodes, IngestConfig config, Clock clock, IngestCounters counters)
      implements ProcessorSupplier<
          byte @Nullable [], byte @Nullable [], byte @Nullable [], byte @Nullable []> {

    @Override
    public Processor<byte @Nullable [], byte @Nullable [], byte @Nullable [], byte @Nullable []>
        get() {
      return new SourceProcessor(nodes, config, clock, counters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      IngestConfig.Deduplication deduplication = config.deduplication();
      return Set.of(
          SeenEvents.store(
              nodes.store(), deduplication.window(), deduplication.maxEventsPerPartition()));
    }
  }
}
