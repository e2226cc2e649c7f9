package dev.parallax.ingest.client;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.InputKeySecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes native events from an inference service, never at the expense of its inference path.
 *
 * <p>{@code publish} neither waits nor throws. It checks and encodes the event, which takes
 * microseconds, and leaves it to a daemon thread to hand it to Kafka. At most a stated number of
 * events and bytes are held until the broker has acknowledged them; what does not fit, because the
 * broker is away or slow, is dropped. Whatever is dropped is counted by {@link DropCause}. An event
 * that waits longer than the delivery timeout is given up, so that after an outage recent events
 * are sent and not those from its beginning.
 *
 * <p>With an input key secret, the key of an event's input text is computed here and the text stays
 * at home unless {@link Builder#sendInputText} says otherwise. Without one, events go as they are.
 *
 * <p>Memory: the bytes held, and as much as {@code buffer.memory} of Kafka's producer, 32 MiB
 * unless set. Thread-safe; one instance per process is enough.
 */
public final class EmbeddingPublisher implements AutoCloseable {

  /** How long {@link #close()} waits for what is held. */
  public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Longer than anyone waits, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** How long the sending thread may take to notice that its time is over. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  private final EventEncoder encoder;
  private final Outbox outbox;
  private final Clock clock;
  private final Sender sender;
  private final Thread thread;

  private EmbeddingPublisher(EventEncoder encoder, Outbox outbox, Clock clock, Sender sender) {
    this.encoder = encoder;
    this.outbox = outbox;
    this.clock = clock;
    this.sender = sender;
    thread = new Thread(sender, "parallax-publisher");
    thread.setDaemon(true);
  }

  /**
   * A builder of a publisher.
   *
   * @param bootstrapServers brokers to ask first, as Kafka's {@code bootstrap.servers}
   * @param topic a source topic of ingest
   * @param source a URI reference that names this producer, such as {@code /search/embedder-7}
   */
  public static Builder builder(String bootstrapServers, String topic, String source) {
    return new Builder(bootstrapServers, topic, source);
  }

  /** Publishes an event that happened now, under an id of its own. */
  public boolean publish(EmbeddingEvent event) {
    return publish(event, UUID.randomUUID().toString(), clock.millis());
  }

  /**
   * Publishes an event. Never waits for Kafka and never throws.
   *
   * @param id unique among the events of this source; an event published again under its id counts
   *     once
   * @param eventTimeMillis when the inference happened, in milliseconds since 1970
   * @return whether the event was taken; if not, it was counted under the cause
   */
  public boolean publish(EmbeddingEvent event, String id, long eventTimeMillis) {
    if (!outbox.admits()) {
      return false;
    }
    try {
      EventEncoder.Encoded encoded = encoder.encode(event, id, eventTimeMillis);
      if (encoded instanceof EventEncoder.Encoded.Ready ready) {
        return outbox.offer(Outgoing.of(ready.record()));
      }
      outbox.reject(((EventEncoder.Encoded.Refused) encoded).rejection());
    } catch (RuntimeException e) {
      // A mistake of the caller, such as a null, must not become a failed inference.
      outbox.reject(new Rejection(Reason.MALFORMED, e.toString()));
    }
    return false;
  }

  /** What became of the events up to now. */
  public PublisherCounts counts() {
    return outbox.counts();
  }

  /** Closes within {@link #CLOSE_TIMEOUT}. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Takes no more events, sends what is held and waits until it is acknowledged, though no longer
   * than {@code timeout} and a moment. What is not acknowledged by then counts as {@link
   * DropCause#DELIVERY_FAILED}. If this thread is interrupted, the time is over at once.
   */
  public void close(Duration timeout) {
    Duration wait = timeout.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : timeout;
    sender.closeBy(System.nanoTime() + wait.toNanos());
    outbox.close();
    boolean interrupted = false;
    try {
      thread.join(Math.max(1, wait.toMillis()));
    } catch (InterruptedException e) {
      interrupted = true;
      sender.closeBy(System.nanoTime());
    }
    if (sender.isSending()) {
      thread.interrupt();
    }
    try {
      thread.join(CLOSE_GRACE.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    outbox.settle("not acknowledged before the publisher was closed");
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Settings of a publisher; those that are not given have the default that is stated. */
  public static final class Builder {

    /** What key, headers and field tags add to a record's value, at most. */
    private static final int RECORD_OVERHEAD_BYTES = 8 * 1024;

    private static final Duration LINGER = Duration.ofMillis(20);
    private static final int BATCH_BYTES = 256 * 1024;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final String topic;
    private final String source;
    private final Map<String, Object> producerProperties = new HashMap<>();
    private Optional<InputKeySecret> inputKeySecret = Optional.empty();
    private boolean sendInputText;
    private int maxQueuedEvents = 10_000;
    private long maxQueuedBytes = 32L * 1024 * 1024;
    private Duration deliveryTimeout = Duration.ofMinutes(2);
    private EventLimits limits = EventLimits.DEFAULT;
    private Clock clock = Clock.systemUTC();

    private Builder(String bootstrapServers, String topic, String source) {
      this.bootstrapServers = bootstrapServers;
      this.topic = topic;
      this.source = source;
      int sourceBytes = source.getBytes(StandardCharsets.UTF_8).length;
      if (sourceBytes == 0 || sourceBytes > EventEncoder.MAX_HEADER_BYTES) {
        throw new IllegalArgumentException(
            "source: expected 1 to "
                + EventEncoder.MAX_HEADER_BYTES
                + " bytes, got "
                + sourceBytes);
      }
    }

    /** Computes input keys here; the same secret as that of ingest, or the keys never join. */
    public Builder inputKeySecret(InputKeySecret secret) {
      inputKeySecret = Optional.of(secret);
      return this;
    }

    /**
     * Whether the text travels although its key was computed here, because the reference is
     * computed from it; false by default.
     */
    public Builder sendInputText(boolean send) {
      sendInputText = send;
      return this;
    }

    /** Most events held; 10,000 by default. */
    public Builder maxQueuedEvents(int events) {
      maxQueuedEvents = events;
      return this;
    }

    /** Most bytes of records held; 32 MiB by default. */
    public Builder maxQueuedBytes(long bytes) {
      maxQueuedBytes = bytes;
      return this;
    }

    /**
     * How long an event may wait to be handed to Kafka, and then again how long Kafka's producer
     * may take to deliver it; 2 minutes by default.
     */
    public Builder deliveryTimeout(Duration timeout) {
      deliveryTimeout = timeout;
      return this;
    }

    /** What ingest is configured to take; {@link EventLimits#DEFAULT} by default. */
    public Builder limits(EventLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Tells the time of events; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** A setting of Kafka's producer, such as those of TLS and SASL; it overrides ours. */
    public Builder producerProperty(String name, Object value) {
      producerProperties.put(name, value);
      return this;
    }

    /**
     * A publisher that has begun to look for its broker, and does not wait for it.
     *
     * @throws IllegalArgumentException if a setting is out of range
     * @throws org.apache.kafka.common.config.ConfigException if Kafka refuses a setting
     */
    public EmbeddingPublisher build() {
      long largestRecord = (long) limits.maxRecordBytes() + RECORD_OVERHEAD_BYTES;
      atLeast("maxQueuedEvents", maxQueuedEvents, 1);
      atLeast("maxQueuedBytes", maxQueuedBytes, largestRecord);
      if (deliveryTimeout.compareTo(Duration.ofSeconds(1)) < 0
          || deliveryTimeout.compareTo(LONGEST_WAIT) > 0) {
        throw new IllegalArgumentException(
            "deliveryTimeout=" + deliveryTimeout + ": expected PT1S to " + LONGEST_WAIT);
      }
      Map<String, Object> properties = producerProperties(largestRecord);
      // The producer itself is opened in the background; its settings are checked here.
      ProducerConfig checked = new ProducerConfig(properties);
      Outbox outbox = new Outbox(maxQueuedEvents, maxQueuedBytes);
      EmbeddingPublisher publisher =
          new EmbeddingPublisher(
              new EventEncoder(topic, source, limits, inputKeySecret, sendInputText, clock),
              outbox,
              clock,
              new Sender(outbox, checked.originals(), deliveryTimeout));
      publisher.thread.start();
      return publisher;
    }

    private Map<String, Object> producerProperties(long largestRecord) {
      int deliveryMillis = (int) deliveryTimeout.toMillis();
      int lingerMillis = (int) LINGER.toMillis();
      Map<String, Object> properties = new HashMap<>();
      properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
      properties.put(ProducerConfig.ACKS_CONFIG, "all");
      properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      properties.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
      properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
      // Vectors hardly compress: 7% at most, for a multiple of the time that sending them takes.
      properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
      properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis);
      properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryMillis);
      properties.put(
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          Math.min((int) REQUEST_TIMEOUT.toMillis(), deliveryMillis - lingerMillis));
      properties.put(
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          (int) Math.min(Integer.MAX_VALUE, Math.max(1024 * 1024, largestRecord)));
      properties.putAll(producerProperties);
      properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      return properties;
    }

    private static void atLeast(String name, long value, long least) {
      if (value < least) {
        throw new IllegalArgumentException(name + "=" + value + ": expected " + least + " or more");
      }
    }
  }
}
