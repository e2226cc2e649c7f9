package dev.parallax.cli.probe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a request is sent again: what the endpoint asks for, else at random
 * between nothing and an upper end that doubles from try to try (full jitter), so that many clients
 * that failed together do not come back together.
 *
 * @param first upper end after the first failure
 * @param most upper end at most
 * @param longestAsked longest wait that an endpoint may ask for
 * @param attempts how often a request is sent at most
 */
record Backoff(Duration first, Duration most, Duration longestAsked, int attempts) {

  static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5), 6);

  /**
   * The wait after a failure.
   *
   * @param failures how many there were, from 1
   * @param asked what the endpoint asked for
   * @return empty when there is to be no further try
   */
  Optional<Duration> after(int failures, Optional<Duration> asked, RandomGenerator random) {
    if (failures >= attempts) {
      return Optional.empty();
    }
    if (asked.isPresent()) {
      return asked.filter(wait -> wait.compareTo(longestAsked) <= 0);
    }
    double upper = Math.min(most.toMillis(), first.toMillis() * Math.pow(2, failures - 1));
    return Optional.of(Duration.ofMillis((long) (upper * random.nextDouble())));
  }

  /**
   * What a {@code Retry-After} header asks for: seconds, or a date of HTTP.
   *
   * @return empty for anything else; nothing for a date in the past
   */
  static Optional<Duration> asked(String header, Instant now) {
    String text = header.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Duration wait =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
