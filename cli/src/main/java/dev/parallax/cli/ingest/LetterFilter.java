package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Nearest;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class LetterFilter {

  @Option(names = "--source", paramLabel = "NAME", description = "Only those of this source.")
  private @Nullable String source;

  @Option(names = "--reason", paramLabel = "REASON", description = "Only those with this reason.")
  private @Nullable String reason;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Only those written at this time or later, RFC 3339.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Only those written before this time, RFC 3339.")
  private @Nullable String to;

  /**
   * Checks what was given.
   *
   * @throws CliException if a time is none or a reason is unknown
   */
  void check() {
    List<String> reasons = Stream.of(Reason.values()).map(Reason::label).toList();
    if (reason != null && !reasons.contains(reason)) {
      throw CliException.usage(
          "--reason "
              + reason
              + ": expected one of "
              + String.join(", ", reasons)
              + Nearest.hint(reason, reasons));
    }
    if (!from().isBefore(to())) {
      throw CliException.usage("--from " + from + ": expected a time before --to " + to);
    }
  }

  /** Whether anything was given. */
  boolean isGiven() {
    return Stream.of(source, reason, from, to).anyMatch(option -> option != null);
  }

  /** When the first of them were written. */
  Instant from() {
    return from == null ? Instant.EPOCH : instant("--from", from);
  }

  boolean admits(Letter letter) {
    return (source == null || source.equals(letter.source()))
        && (reason == null || reason.equals(letter.reason()))
        && !letter.time().isBefore(from())
        && letter.time().isBefore(to());
  }

  private Instant to() {
    return to == null ? Instant.MAX : instant("--to", to);
  }

  private static Instant instant(String option, String text) {
    OptionalLong millis = EventTime.parse(text.getBytes(StandardCharsets.UTF_8));
    if (millis.isEmpty()) {
      throw CliException.usage(
          option + " " + text + ": expected a time such as 2026-11-22T10:15:30Z");
    }
    return Instant.ofEpochMilli(millis.getAsLong());
  }
}
