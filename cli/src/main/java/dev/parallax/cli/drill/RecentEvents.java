package dev.parallax.cli.drill;

import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest events of one model, each input once: what a drill is made of. */
final class RecentEvents {

  /** Newest records of a partition that are looked at, of all models. */
  private static final int LOOKED_AT = 200_000;

  /** Events kept: a few panes' worth, with vectors some tens of megabytes. */
  private static final int KEPT = 20_000;

  private RecentEvents() {}

  /**
   * Reads them, the newest last.
   *
   * @param version empty for any, the newest event then saying which
   */
  static List<EmbeddingEvent> read(
      RecordReader reader, String topic, String model, Optional<String> version) {
    EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    Map<InputKey, EmbeddingEvent> byInput = new LinkedHashMap<>();
    String[] newest = {version.orElse("")};
    reader.readNewest(
        topic,
        LOOKED_AT,
        record -> {
          if (codec.decode(record.value()) instanceof Decoded.Accepted accepted) {
            EmbeddingEvent event = accepted.event();
            boolean wanted =
                event.model().equals(model)
                    && !event.probe()
                    && version.filter(v -> !v.equals(event.modelVersion())).isEmpty()
                    && event.inputKey().isPresent();
            if (wanted) {
              newest[0] = event.modelVersion();
              byInput.remove(event.inputKey().get());
              byInput.put(event.inputKey().get(), event);
              if (byInput.size() > KEPT) {
                byInput.remove(byInput.keySet().iterator().next());
              }
            }
          }
        });
    List<EmbeddingEvent> events = new ArrayList<>(byInput.values());
    events.removeIf(event -> !event.modelVersion().equals(newest[0]));
    return events;
  }
}
