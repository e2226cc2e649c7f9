package dev.parallax.ingest;

import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where records come from and what they are: an envelope and a format.
 *
 * @param name what the source is called, in counters and dead letters and in the names of its state
 * @param topic the topic; of responses alone where there is a {@code requestTopic}
 * @param requestTopic the topic of the requests, where they have one of their own
 * @param envelope what a record wraps around a body
 * @param format what a body is
 * @param only attribute or header name to pattern, {@code *} for anything: other records are left
 *     out
 * @param idHeader header with the call's id, for {@link Envelope#RAW}
 * @param formatOptions what the format must be told
 * @param model the model's name, in place of what records say
 * @param version its version, in place of what records say
 * @param longestWait how long a half waits for its other half
 */
public record SourceConfig(
    String name,
    String topic,
    Optional<String> requestTopic,
    Envelope envelope,
    Format format,
    Map<String, String> only,
    Optional<String> idHeader,
    FormatOptions formatOptions,
    Optional<String> model,
    Optional<String> version,
    Duration longestWait) {

  /** How long a half waits unless configured: a minute. */
  public static final Duration DEFAULT_WAIT = Duration.ofMinutes(1);

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** Checks every value. */
  public SourceConfig {
    only = Map.copyOf(only);
    expectName(name, "name", name);
    expectName(name, "topic", topic);
    if (requestTopic.isPresent()) {
      expectName(name, "request-topic", requestTopic.get());
      expect(
          !requestTopic.get().equals(topic),
          name,
          "request-topic",
          requestTopic.get(),
          "another topic than that of the responses");
      expect(
          format.shape() == Format.Shape.HALVES,
          name,
          "request-topic",
          requestTopic.get(),
          "nothing, since a body of " + format.label() + " holds input and output");
    }
    expect(
        !longestWait.isNegative()
            && !longestWait.isZero()
            && longestWait.compareTo(LONGEST_WAIT) <= 0,
        name,
        "wait",
        longestWait,
        "more than 0 and at most " + LONGEST_WAIT);
  }

  /** Native events on {@code topic}, which also names the source. */
  public static SourceConfig nativeEvents(String topic) {
    return of(topic, topic, Envelope.CLOUDEVENTS, Format.NATIVE);
  }

  /** A source with every default in place. */
  public static SourceConfig of(String name, String topic, Envelope envelope, Format format) {
    return new SourceConfig(
        name,
        topic,
        Optional.empty(),
        envelope,
        format,
        Map.of(),
        Optional.empty(),
        FormatOptions.NONE,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_WAIT);
  }

  /** This source with its requests on a topic of their own. */
  public SourceConfig withRequestTopic(String requests) {
    return new SourceConfig(
        name,
        topic,
        Optional.of(requests),
        envelope,
        format,
        only,
        idHeader,
        formatOptions,
        model,
        version,
        longestWait);
  }

  /** This source with another wait. */
  public SourceConfig withLongestWait(Duration longest) {
    return new SourceConfig(
        name,
        topic,
        requestTopic,
        envelope,
        format,
        only,
        idHeader,
        formatOptions,
        model,
        version,
        longest);
  }

  /** The topics it reads. */
  public List<String> topics() {
    return requestTopic.map(requests -> List.of(topic, requests)).orElse(List.of(topic));
  }

  /** Whether it reads native events as producers publish them. */
  public boolean isNative() {
    return format == Format.NATIVE && envelope == Envelope.CLOUDEVENTS;
  }

  /** Whether its halves have to be paired. */
  public boolean isPaired() {
    return format.shape() == Format.Shape.HALVES;
  }

  /** The names that replace what records say. */
  CallNames names() {
    return new CallNames(Optional.empty(), model, version);
  }

  private static void expectName(String source, String key, String value) {
    expect(
        NAME.matcher(value).matches(),
        source,
        key,
        value,
        "1 to 200 letters, digits, '.', '_' or '-'");
  }

  private static void expect(
      boolean holds, String source, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "sources." + source + "." + key + "=" + value + ": expected " + expected);
    }
  }
}
