package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.RejectedBodyException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which records of a topic count. */
final class RecordFilter {
  private final Map<String, Glob> only;

  /** A filter of the patterns {@link EnvelopeOptions#only()}. */
  RecordFilter(Map<String, String> only) {
    this.only =
        only.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                    entry -> new Glob(entry.getValue()),
                    (one, other) -> other));
  }

  /** Whether every pattern matches a label, or a header where there is no such label. */
  boolean admits(Labels labels, Labels headers) throws RejectedBodyException {
    for (Map.Entry<String, Glob> wanted : only.entrySet()) {
      Optional<String> text = labels.get(wanted.getKey());
      if (text.isEmpty()) {
        text = headers.get(wanted.getKey());
      }
      if (text.isEmpty() || !wanted.getValue().matches(text.get())) {
        return false;
      }
    }
    return true;
  }
}
