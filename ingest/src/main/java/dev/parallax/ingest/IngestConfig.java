package dev.parallax.ingest;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.format.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Configuration of ingest.
 *
 * @param bootstrapServers brokers to start from, {@code host:port} separated by commas
 * @param applicationId name of the consumer group and prefix of the internal topics
 * @param stateDir directory for Kafka Streams' own files, which are small
 * @param sources where records come from and what they are
 * @param topics names of the topics that Parallax owns; events and dead letters are written
 * @param limits how large and how far off in time an event may be
 * @param inputKeySecret secret of the input keys; without it, an event must bring its own key,
 *     which only native events can
 * @param forwardInputText whether input texts travel on with the events, because the reference
 *     needs them
 * @param deadLetterValues whether dead letters carry the values of their records, which may hold
 *     inputs; their keys and headers they always do
 * @param deduplication how long and how many events are remembered
 * @param maxWaitingBytes most bytes of heap that halves of calls wait in, in this process
 * @param commitInterval how often a transaction is committed, which is also how long an accepted
 *     event waits until it can be read
 * @param threads stream threads of this process; more than there are source partitions are idle
 * @param standbyReplicas further processes that keep a copy of the state, to take over at once
 * @param groupInstanceId name of this process among the instances, stable over restarts; with it a
 *     restart is no rebalance
 * @param client further properties for the Kafka clients, such as security settings
 */
public record IngestConfig(
    String bootstrapServers,
    String applicationId,
    Path stateDir,
    List<SourceConfig> sources,
    Topics topics,
    EventLimits limits,
    Optional<InputKeySecret> inputKeySecret,
    boolean forwardInputText,
    boolean deadLetterValues,
    Deduplication deduplication,
    long maxWaitingBytes,
    Duration commitInterval,
    int threads,
    int standbyReplicas,
    Optional<String> groupInstanceId,
    Map<String, String> client) {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
  private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(5);
  private static final int MOST_THREADS = 256;
  private static final int MOST_STANDBYS = 8;
  private static final long MEGABYTE = 1_000_000;

  /** 64 MB. */
  public static final long DEFAULT_MAX_WAITING_BYTES = 64_000_000;

  /** Properties that this application answers for; its promises hold only with its values. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          StreamsConfig.STATE_DIR_CONFIG,
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
          "group.instance.id");

  /** Checks every value. */
  public IngestConfig {
    sources = List.copyOf(sources);
    client = Map.copyOf(client);
    expect(!bootstrapServers.isBlank(), "bootstrap-servers", bootstrapServers, "host:port");
    expectName("application-id", applicationId);
    expect(!sources.isEmpty(), "sources", List.of(), "at least one topic");
    Set<String> names = new HashSet<>();
    for (SourceConfig source : sources) {
      expect(names.add(source.name()), "sources", source.name(), "each name once");
      for (String topic : source.topics()) {
        expect(
            !topic.equals(topics.events()) && !topic.equals(topics.deadLetters()),
            "sources",
            topic,
            "a topic that ingest does not itself write to");
      }
      expect(
          source.format() == Format.NATIVE || inputKeySecret.isPresent(),
          "input-key-secret-file",
          "",
          "a file, since source "
              + source.name()
              + " is of format "
              + source.format().label()
              + ", which brings no input keys");
    }
    expect(
        maxWaitingBytes >= MEGABYTE, "max-waiting-bytes", maxWaitingBytes, MEGABYTE + " or more");
    expect(
        standbyReplicas >= 0 && standbyReplicas <= MOST_STANDBYS,
        "standby-replicas",
        standbyReplicas,
        "0 to " + MOST_STANDBYS);
    expect(
        !commitInterval.isNegative()
            && commitInterval.toMillis() > 0
            && commitInterval.compareTo(LONGEST_COMMIT_INTERVAL) <= 0,
        "commit-interval",
        commitInterval,
        "PT0.001S to " + LONGEST_COMMIT_INTERVAL);
    expect(threads >= 1 && threads <= MOST_THREADS, "threads", threads, "1 to " + MOST_THREADS);
    groupInstanceId.ifPresent(id -> expectName("group-instance-id", id));
    for (String name : client.keySet()) {
      expect(
          !OWN_PROPERTIES.contains(name),
          "client." + name,
          client.get(name),
          "a property that ingest does not set itself");
    }
  }

  /**
   * A builder with every default in place.
   *
   * @param nativeTopics topics with native events; may be empty where {@linkplain Builder#source
   *     other sources} follow
   */
  public static Builder builder(String bootstrapServers, Path stateDir, List<String> nativeTopics) {
    return new Builder(bootstrapServers, stateDir, nativeTopics);
  }

  /** Names of the sources, in order. */
  public List<String> sourceNames() {
    return sources.stream().map(SourceConfig::name).toList();
  }

  /** Every topic that is read, once. */
  public Set<String> sourceTopics() {
    Set<String> read = new LinkedHashSet<>();
    sources.forEach(source -> read.addAll(source.topics()));
    return read;
  }

  /** Names the client properties but not their values, which may be passwords. */
  @Override
  public String toString() {
    return "IngestConfig[bootstrapServers="
        + bootstrapServers
        + ", applicationId="
        + applicationId
        + ", stateDir="
        + stateDir
        + ", sources="
        + sources
        + ", topics="
        + topics
        + ", limits="
        + limits
        + ", inputKeySecret="
        + inputKeySecret
        + ", forwardInputText="
        + forwardInputText
        + ", deadLetterValues="
        + deadLetterValues
        + ", deduplication="
        + deduplication
        + ", maxWaitingBytes="
        + maxWaitingBytes
        + ", commitInterval="
        + commitInterval
        + ", threads="
        + threads
        + ", standbyReplicas="
        + standbyReplicas
        + ", groupInstanceId="
        + groupInstanceId
        + ", client="
        + new TreeSet<>(client.keySet())
        + "]";
  }

  private static void expectName(String key, String name) {
    expect(TOPIC.matcher(name).matches(), key, name, "1 to 200 letters, digits, '.', '_' or '-'");
  }

  private static void expect(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("ingest." + key + "=" + value + ": expected " + expected);
    }
  }

  /**
   * How long and how many events are remembered to recognise repeats.
   *
   * @param window how long after its arrival an accepted event is remembered
   * @param maxEventsPerPartition how many at most; each takes about 150 bytes of heap
   */
  public record Deduplication(Duration window, int maxEventsPerPartition) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Ten minutes, and at most 200,000 events (30 MB) for each partition. */
    public static final Deduplication DEFAULT = new Deduplication(Duration.ofMinutes(10), 200_000);

    /** Checks the values. */
    public Deduplication {
      expect(
          window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0,
          "deduplication-window",
          window,
          SHORTEST + " to " + LONGEST);
      expect(
          maxEventsPerPartition >= 1,
          "deduplication-max-events",
          maxEventsPerPartition,
          "1 or more");
    }
  }

  /** Builds a configuration; what is not set has its default. */
  public static final class Builder {
    private final String bootstrapServers;
    private final Path stateDir;
    private final List<SourceConfig> sources = new ArrayList<>();
    private Optional<InputKeySecret> inputKeySecret = Optional.empty();
    private String applicationId = "parallax-ingest";
    private Topics topics = Topics.DEFAULT;
    private EventLimits limits = EventLimits.DEFAULT;
    private boolean forwardInputText;
    private boolean deadLetterValues;
    private long maxWaitingBytes = DEFAULT_MAX_WAITING_BYTES;
    private int standbyReplicas;
    private Deduplication deduplication = Deduplication.DEFAULT;
    private Duration commitInterval = Duration.ofMillis(100);
    private int threads = 1;
    private Optional<String> groupInstanceId = Optional.empty();
    private Map<String, String> client = Map.of();

    private Builder(String bootstrapServers, Path stateDir, List<String> nativeTopics) {
      this.bootstrapServers = bootstrapServers;
      this.stateDir = stateDir;
      nativeTopics.forEach(topic -> source(SourceConfig.nativeEvents(topic)));
    }

    /** A further source. */
    public Builder source(SourceConfig source) {
      sources.add(source);
      return this;
    }

    /** {@code parallax-ingest} unless set. */
    public Builder applicationId(String id) {
      applicationId = id;
      return this;
    }

    /** {@link Topics#DEFAULT} unless set. */
    public Builder topics(Topics names) {
      topics = names;
      return this;
    }

    /** {@link EventLimits#DEFAULT} unless set. */
    public Builder limits(EventLimits eventLimits) {
      limits = eventLimits;
      return this;
    }

    /** None unless set; an event must then bring its own input key. */
    public Builder inputKeySecret(InputKeySecret secret) {
      inputKeySecret = Optional.of(secret);
      return this;
    }

    /** Not forwarded unless set. */
    public Builder forwardInputText(boolean forward) {
      forwardInputText = forward;
      return this;
    }

    /** Not carried unless set. */
    public Builder deadLetterValues(boolean carry) {
      deadLetterValues = carry;
      return this;
    }

    /** 64 MB unless set. */
    public Builder maxWaitingBytes(long bytes) {
      maxWaitingBytes = bytes;
      return this;
    }

    /** None unless set. */
    public Builder standbyReplicas(int count) {
      standbyReplicas = count;
      return this;
    }

    /** {@link Deduplication#DEFAULT} unless set. */
    public Builder deduplication(Deduplication values) {
      deduplication = values;
      return this;
    }

    /** 100 ms unless set. */
    public Builder commitInterval(Duration interval) {
      commitInterval = interval;
      return this;
    }

    /** One unless set. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /** None unless set. */
    public Builder groupInstanceId(String id) {
      groupInstanceId = Optional.of(id);
      return this;
    }

    /** None unless set. */
    public Builder client(Map<String, String> properties) {
      client = properties;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException {@code key=value: expected …} for the first wrong value
     */
    public IngestConfig build() {
      return new IngestConfig(
          bootstrapServers,
          applicationId,
          stateDir,
          sources,
          topics,
          limits,
          inputKeySecret,
          forwardInputText,
          deadLetterValues,
          deduplication,
          maxWaitingBytes,
          commitInterval,
          threads,
          standbyReplicas,
          groupInstanceId,
          client);
    }
  }
}
