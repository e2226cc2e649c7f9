package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.ingest.IngestCounters.Tally;
import dev.parallax.ingest.pairing.CallPairing;
import dev.parallax.ingest.pairing.CallPairing.Now;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.HalfCodec;
import dev.parallax.ingest.pairing.WaitingBytes;
import dev.parallax.ingest.source.EventAssembler;
import dev.parallax.ingest.source.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the halves of one source's calls and writes what they make.
 *
 * <p>Time is the newest timestamp among the halves. While none come at all, it goes on by the wall
 * clock once a whole wait has passed, so that the last halves of a stream that ends are given up
 * too.
 */
final class CallPairer
    extends ContextualProcessor<
        byte @Nullable [], byte @Nullable [], byte @Nullable [], byte @Nullable []> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final String GIVEN_UP = "given-up";

  private final SourceConfig source;
  private final SourceNodes nodes;
  private final IngestConfig config;
  private final IngestCounters counters;
  private final WaitingBytes waitingBytes;
  private final EventAssembler assembler;
  private @Nullable CallPairing pairing;
  private long streamTime = Long.MIN_VALUE;
  private long lastArrival;

  CallPairer(
      SourceConfig source,
      IngestConfig config,
      Clock clock,
      IngestCounters counters,
      WaitingBytes waitingBytes) {
    this.source = source;
    this.nodes = new SourceNodes(source.name());
    this.config = config;
    this.counters = counters;
    this.waitingBytes = waitingBytes;
    this.assembler = SourceReaders.assembler(source, config, clock);
  }

  /** The store of halves and of calls that are over, in memory, with a changelog. */
  static Set<StoreBuilder<?>> stores(SourceConfig source) {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(new SourceNodes(source.name()).calls()),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> processorContext) {
    super.init(processorContext);
    Outlet outlet = new Outlet(processorContext, nodes, config);
    pairing =
        new CallPairing(
            processorContext.getStateStore(nodes.calls()),
            source.longestWait(),
            config.deduplication().window(),
            config.deduplication().maxEventsPerPartition(),
            waitingBytes,
            new WrittenEnds(outlet),
            processorContext.currentSystemTimeMs());
    lastArrival = processorContext.currentSystemTimeMs();
    processorContext.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    byte[] bytes = Objects.requireNonNull(record.value());
    streamTime = Math.max(streamTime, record.timestamp());
    lastArrival = context().currentSystemTimeMs();
    Now now = new Now(streamTime, lastArrival);
    CallPairing calls = Objects.requireNonNull(pairing);
    calls.take(
        Bytes.wrap(Objects.requireNonNull(record.key())),
        HalfCodec.decode(bytes),
        bytes,
        at.offset(),
        now);
    calls.advance(now);
  }

  @Override
  public void close() {
    if (pairing != null) {
      pairing.close();
    }
  }

  private void look(long now) {
    long silence = now - lastArrival;
    if (silence > source.longestWait().toMillis()) {
      // After a restart the time of the stream is not known before its next record.
      long time = streamTime == Long.MIN_VALUE ? now : streamTime + silence;
      Objects.requireNonNull(pairing).advance(new Now(Math.min(time, now), now));
    }
  }

  /** Writes and counts how halves end. */
  private final class WrittenEnds implements CallPairing.Ends {
    private final Outlet outlet;
    private final int partition = context().taskId().partition();

    WrittenEnds(Outlet outlet) {
      this.outlet = outlet;
    }

    @Override
    public boolean paired(Half request, Half response, long position, long waitedMillis) {
      Tally tally = tally(nodes.pairs(), position);
      tally.opened(2);
      tally.waited(waitedMillis);
      List<Reading> readings = assembler.join(request, response);
      for (Reading reading : readings) {
        if (reading instanceof Reading.Accepted event) {
          outlet.event(event, tally);
        } else if (reading instanceof Reading.Rejected rejected) {
          outlet.deadLetter(response, rejected.rejection(), tally);
        }
      }
      if (readings.stream().anyMatch(Reading.Accepted.class::isInstance)) {
        return true;
      }
      // To be sent again, the call needs both of its records.
      outlet.companion(request, ((Reading.Rejected) readings.get(0)).rejection());
      return false;
    }

    @Override
    public void repeat(Half half, long position) {
      tally(nodes.pairs(), position).duplicate();
    }

    @Override
    public void late(Half half, Rejection rejection, long position) {
      outlet.deadLetter(half, rejection, tally(nodes.pairs(), position));
    }

    @Override
    public void givenUp(Half half, Rejection rejection, long position) {
      outlet.deadLetter(half, rejection, tally(GIVEN_UP, position));
    }

    private Tally tally(String stream, long position) {
      return counters.tally(nodes.name(), stream, partition, position);
    }
  }
}
