package dev.parallax.cli.doctor;

import dev.parallax.cli.ingest.Description;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for the description that the most records of a sample are usable under: other envelopes and
 * formats that they look like, other output tensors and headers with ids that they have. Of equals
 * the one that changes the least is taken.
 */
final class SourceRemedy {

  private static final Set<Format> WITH_TENSORS =
      Set.of(Format.OIP_JSON, Format.OIP_BINARY, Format.OIP_PROTOBUF, Format.MLSERVER);

  /** How the readers list the tensors of a response that they turn away. */
  private static final Pattern FLOATS = Pattern.compile("(\\S+) (?:FP16|BF16|FP32|FP64)\\[");

  private final SourceSample sample;
  private final EventLimits limits;
  private SourceTrial best;
  private int fewestChanges;

  private SourceRemedy(SourceSample sample, EventLimits limits, SourceTrial asConfigured) {
    this.sample = sample;
    this.limits = limits;
    this.best = asConfigured;
  }

  /** The best trial; {@code asConfigured} itself if none is better. */
  static SourceTrial find(SourceSample sample, EventLimits limits, SourceTrial asConfigured) {
    SourceRemedy remedy = new SourceRemedy(sample, limits, asConfigured);
    remedy.search(asConfigured.description());
    return remedy.best;
  }

  private void search(Description configured) {
    Envelope envelope = configured.envelope().orElseThrow();
    Set<Envelope> envelopes = new LinkedHashSet<>(List.of(envelope));
    sample.envelopes().stream().map(Map.Entry::getKey).limit(1).forEach(envelopes::add);
    for (Envelope otherEnvelope : envelopes) {
      Set<Format> formats = new LinkedHashSet<>(List.of(configured.format().orElseThrow()));
      sample.formats(otherEnvelope, configured.envelopeOptions()).stream()
          .map(Map.Entry::getKey)
          .forEach(formats::add);
      for (Format format : formats) {
        Description other =
            configured.with(
                Optional.of(otherEnvelope), Optional.of(format), configured.formatOptions());
        int changes =
            (otherEnvelope == envelope ? 0 : 1)
                + (configured.format().equals(Optional.of(format)) ? 0 : 1);
        withIds(other, changes);
      }
    }
  }

  private void withIds(Description description, int changes) {
    List<Optional<String>> headers = new ArrayList<>();
    headers.add(description.envelopeOptions().idHeader());
    if (description.envelope().equals(Optional.of(Envelope.RAW))
        && sample.envelopes().get(0).getKey() == Envelope.RAW) {
      sample.idHeaders().forEach(name -> headers.add(Optional.of(name)));
    }
    for (Optional<String> header : headers) {
      EnvelopeOptions now = description.envelopeOptions();
      withTensors(
          description.with(new EnvelopeOptions(now.requestTopic(), header, now.only())),
          changes + (header.equals(now.idHeader()) ? 0 : 1));
    }
  }

  private void withTensors(Description description, int changes) {
    Optional<SourceTrial> trial = consider(description, changes);
    if (trial.isEmpty() || !WITH_TENSORS.contains(description.format().orElseThrow())) {
      return;
    }
    FormatOptions now = description.formatOptions();
    Set<String> names = new LinkedHashSet<>();
    for (String detail : trial.get().details()) {
      Matcher floats = FLOATS.matcher(detail);
      while (floats.find()) {
        names.add(floats.group(1));
      }
    }
    for (String name : names) {
      FormatOptions other = new FormatOptions(Optional.of(name), now.inputTensor(), now.fields());
      consider(description.with(description.envelope(), description.format(), other), changes + 1);
    }
  }

  private Optional<SourceTrial> consider(Description description, int changes) {
    try {
      SourceTrial trial = SourceTrial.of(description, sample.records(), limits);
      boolean better = trial.share() > best.share();
      boolean simpler = trial.share() == best.share() && changes < fewestChanges;
      if (better || simpler) {
        best = trial;
        fewestChanges = changes;
      }
      return Optional.of(trial);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // A format that would need to be told more.
    }
  }
}
