package dev.parallax.cli.doctor;

import dev.parallax.cli.ingest.Description;
import dev.parallax.cli.ingest.RecordDecoder;
import dev.parallax.cli.ingest.RecordDecoder.Decoded;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Half.Content;
import dev.parallax.ingest.pairing.KeyedInput;
import dev.parallax.ingest.source.MessageReader.Found;
import dev.parallax.ingest.source.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the records of a sample become under one description.
 *
 * <p>A record is usable if it gives an event, or a half that has an id and any row that is not
 * refused.
 */
final class SourceTrial {

  private final Description description;
  private final Map<String, Map<Side, Integer>> sides = new HashMap<>();
  private final Map<Side, Set<String>> ids = new EnumMap<>(Side.class);
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, String> details = new HashMap<>();
  private final TreeMap<Integer, Integer> widths = new TreeMap<>();
  private final Set<Dtype> dtypes = new TreeSet<>();
  private final Set<String> models = new TreeSet<>();
  private int records;
  private int leftOut;
  private int usable;
  private int withoutId;

  private SourceTrial(Description description) {
    this.description = description;
  }

  /**
   * Tries it.
   *
   * @throws IllegalArgumentException if what the format is told is not enough
   */
  static SourceTrial of(Description description, List<SourceRecord> sample, EventLimits limits) {
    // The keys are never shown.
    InputKeyHasher hasher = new InputKeyHasher(new byte[InputKeyHasher.MIN_SECRET_BYTES]);
    RecordDecoder decoder = new RecordDecoder(description, limits, hasher, false);
    SourceTrial trial = new SourceTrial(description);
    for (SourceRecord record : sample) {
      trial.records++;
      try {
        Optional<Decoded> decoded = decoder.decode(record, CallNames.NONE);
        if (decoded.isEmpty()) {
          trial.leftOut++;
        } else {
          trial.take(record.topic(), decoded.get().found(), limits);
        }
      } catch (RejectedBodyException e) {
        trial.reject(e.rejection());
      }
    }
    return trial;
  }

  private void take(String topic, Found found, EventLimits limits) {
    if (found instanceof Found.OneHalf half) {
      take(topic, half.half());
      return;
    }
    boolean any = false;
    for (Reading reading : ((Found.Events) found).readings()) {
      if (reading instanceof Reading.Accepted accepted) {
        any = true;
        if (new EventCodec(limits).decode(accepted.value())
            instanceof dev.parallax.core.embedding.Decoded.Accepted event) {
          widths.merge(event.event().vector().dimension(), 1, Integer::sum);
          dtypes.add(event.event().vector().dtype());
          models.add(event.event().model());
        }
      } else if (reading instanceof Reading.Rejected rejected) {
        reject(rejected.rejection());
      }
    }
    usable += any ? 1 : 0;
  }

  private void take(String topic, Half half) {
    sides
        .computeIfAbsent(topic, key -> new EnumMap<>(Side.class))
        .merge(half.side(), 1, Integer::sum);
    half.names().model().ifPresent(models::add);
    boolean any = false;
    if (half.content() instanceof Content.Asked asked) {
      for (KeyedInput input : asked.inputs()) {
        any |= input instanceof KeyedInput.Keyed;
        if (input instanceof KeyedInput.Refused refused) {
          reject(refused.rejection());
        }
      }
    } else if (half.content() instanceof Content.Answered answered) {
      for (ModelOutput output : answered.outputs()) {
        if (output instanceof ModelOutput.Embedding embedding) {
          any = true;
          widths.merge(embedding.vector().dimension(), 1, Integer::sum);
          dtypes.add(embedding.vector().dtype());
        } else if (output instanceof ModelOutput.Unusable unusable) {
          reject(unusable.rejection());
        }
      }
    }
    Optional<String> id = half.names().id();
    id.ifPresent(of -> ids.computeIfAbsent(half.side(), key -> new HashSet<>()).add(of));
    withoutId += id.isEmpty() ? 1 : 0;
    usable += any && id.isPresent() ? 1 : 0;
  }

  private void reject(Rejection rejection) {
    reasons.merge(rejection.reason().label(), 1, Integer::sum);
    details.putIfAbsent(rejection.reason().label(), rejection.detail());
  }

  Description description() {
    return description;
  }

  /** Records that the filter let in. */
  int considered() {
    return records - leftOut;
  }

  int leftOut() {
    return leftOut;
  }

  int usable() {
    return usable;
  }

  /** Halves that nothing pairs. */
  int withoutId() {
    return withoutId;
  }

  /** Usable records of those that the filter let in, from 0 to 1. */
  double share() {
    return considered() == 0 ? 0 : (double) usable / considered();
  }

  /** Halves of one side, of one topic. */
  int count(String topic, Side side) {
    return sides.getOrDefault(topic, Map.of()).getOrDefault(side, 0);
  }

  /** Halves of one side. */
  int count(Side side) {
    return sides.keySet().stream().mapToInt(topic -> count(topic, side)).sum();
  }

  /** Calls of which both halves are in the sample. */
  int pairs() {
    Set<String> both = new HashSet<>(ids.getOrDefault(Side.REQUEST, Set.of()));
    both.retainAll(ids.getOrDefault(Side.RESPONSE, Set.of()));
    return both.size();
  }

  /** Widths of the vectors, with how many there are. */
  TreeMap<Integer, Integer> widths() {
    return new TreeMap<>(widths);
  }

  Set<Dtype> dtypes() {
    return Set.copyOf(dtypes);
  }

  /** Models that the records name. */
  Set<String> models() {
    return Set.copyOf(models);
  }

  /** Details of the rejections, one of each reason. */
  List<String> details() {
    return List.copyOf(details.values());
  }

  /** Reasons with their counts and an example, the most frequent first. */
  String reasonsText() {
    List<String> texts = new ArrayList<>();
    reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(3)
        .forEach(
            entry ->
                texts.add(
                    entry.getValue()
                        + " "
                        + entry.getKey()
                        + " ("
                        + details.get(entry.getKey())
                        + ")"));
    return String.join(", ", texts);
  }
}
