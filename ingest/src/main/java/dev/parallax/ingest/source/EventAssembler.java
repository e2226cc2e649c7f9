package dev.parallax.ingest.source;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Half.Content;
import dev.parallax.ingest.pairing.KeyedInput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;

/**
 * Makes native events of calls whose input and output are both there.
 *
 * <p><b>Names.</b> The model is the one that configuration gives, else that of the response, of the
 * request, of the envelope. The version is found in the same way, {@value #NO_VERSION} if nobody
 * states one, and carries the width of the vector behind an {@code @}: a model that changes its
 * width begins a new series.
 *
 * <p><b>Ids.</b> A call with one input gives its id to the event; of a batch the events are {@code
 * id#0}, {@code id#1} and so on.
 *
 * <p>Not thread-safe: one instance per thread.
 */
public final class EventAssembler {

  /** The version of a model that states none. */
  public static final String NO_VERSION = "unversioned";

  private final EventLimits limits;
  private final EventValidator validator;
  private final CallNames configured;
  private final String defaultSource;

  /**
   * An assembler.
   *
   * @param configured names that replace those of bodies and envelopes
   * @param defaultSource {@code ce_source} of events whose envelope names no service
   */
  public EventAssembler(
      EventLimits limits, Clock clock, CallNames configured, String defaultSource) {
    this.limits = limits;
    this.validator = new EventValidator(limits, clock);
    this.configured = configured;
    this.defaultSource = defaultSource;
  }

  /** One reading for each row of the call's batch; one rejection if the halves do not fit. */
  public List<Reading> join(Half request, Half response) {
    List<KeyedInput> inputs = ((Content.Asked) request.content()).inputs();
    List<ModelOutput> outputs = ((Content.Answered) response.content()).outputs();
    if (inputs.size() != outputs.size()) {
      return List.of(
          rejected(
              Reason.COUNT_MISMATCH, inputs.size() + " inputs, " + outputs.size() + " answers"));
    }
    CallNames names = configured.or(response.names()).or(request.names());
    Map<String, String> attributes = new HashMap<>(request.attributes());
    attributes.putAll(response.attributes());
    Origin origin =
        new Origin(
            response.source().or(request::source).orElse(defaultSource), response.timeMillis());
    List<Reading> readings = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      Optional<String> id = names.id();
      if (inputs.size() > 1) {
        int row = i;
        id = id.map(call -> call + "#" + row);
      }
      CallNames rowNames = new CallNames(id, names.model(), names.version());
      readings.add(event(rowNames, origin, attributes, inputs.get(i), outputs.get(i)));
    }
    return readings;
  }

  /**
   * One event.
   *
   * @param names of body and envelope; what is configured goes before them
   * @param source of the envelope
   */
  public Reading single(
      CallNames names,
      Optional<String> source,
      long timeMillis,
      Map<String, String> attributes,
      KeyedInput input,
      ModelOutput output) {
    return event(
        configured.or(names),
        new Origin(source.orElse(defaultSource), timeMillis),
        attributes,
        input,
        output);
  }

  /**
   * A native event that came in another envelope than its own; its names stand.
   *
   * @param input under its key
   */
  public Reading nativeEvent(
      EmbeddingEvent event,
      Optional<String> id,
      Optional<String> source,
      long timeMillis,
      KeyedInput input) {
    if (input instanceof KeyedInput.Refused refused) {
      return new Reading.Rejected(refused.rejection());
    }
    if (id.isEmpty()) {
      return rejected(Reason.MISSING_FIELD, "no id of the event, in the envelope");
    }
    KeyedInput.Keyed keyed = (KeyedInput.Keyed) input;
    EmbeddingEvent named = event.withInputKey(keyed.key());
    return checked(
        keyed.text().isPresent() ? named : named.withoutInputText(),
        id.get(),
        new Origin(source.orElse(defaultSource), timeMillis));
  }

  private Reading event(
      CallNames names,
      Origin origin,
      Map<String, String> attributes,
      KeyedInput input,
      ModelOutput output) {
    if (output instanceof ModelOutput.Unusable unusable) {
      return new Reading.Rejected(unusable.rejection());
    }
    if (input instanceof KeyedInput.Refused refused) {
      return new Reading.Rejected(refused.rejection());
    }
    if (names.id().isEmpty()) {
      return rejected(Reason.MISSING_FIELD, "no id of the call");
    }
    if (names.model().isEmpty()) {
      return rejected(Reason.MISSING_FIELD, "no model, in the body, the envelope or configuration");
    }
    WireVector vector = ((ModelOutput.Embedding) output).vector();
    KeyedInput.Keyed keyed = (KeyedInput.Keyed) input;
    return checked(
        new EmbeddingEvent(
            names.model().get(),
            names.version().orElse(NO_VERSION) + "@" + vector.dimension(),
            vector,
            Optional.of(keyed.key()),
            keyed.text(),
            keyed.tensor(),
            Optional.empty(),
            bounded(attributes),
            false),
        names.id().get(),
        origin);
  }

  private Reading checked(EmbeddingEvent event, String id, Origin origin) {
    Optional<Rejection> fault =
        tooLarge("id", id, CloudEvent.MAX_ATTRIBUTE_BYTES)
            .or(() -> tooLarge("source", origin.source(), CloudEvent.MAX_ATTRIBUTE_BYTES))
            .or(() -> tooLarge("model", event.model(), limits.maxAttributeBytes()))
            .or(() -> tooLarge("model_version", event.modelVersion(), limits.maxAttributeBytes()))
            .or(() -> tooWide(event.vector()))
            .or(() -> validator.check(event, origin.timeMillis()));
    if (fault.isPresent()) {
      return new Reading.Rejected(fault.get());
    }
    byte[] value = EventCodec.encode(event);
    if (value.length > limits.maxRecordBytes()) {
      return rejected(
          Reason.TOO_LARGE,
          "event of " + value.length + " bytes, limit " + limits.maxRecordBytes());
    }
    String subject = new EventHeaders.Subject(event.model(), event.modelVersion()).toString();
    byte[] source = utf8(origin.source());
    Headers headers =
        NativeHeaders.of(utf8(id), source, origin.timeMillis(), utf8(subject), event.probe());
    return new Reading.Accepted(event.inputKey().orElseThrow(), value, headers, source, utf8(id));
  }

  /** The first attributes by name, as many as may travel, without those that are too long. */
  private Map<String, String> bounded(Map<String, String> attributes) {
    Map<String, String> kept = new HashMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(attributes).entrySet()) {
      if (kept.size() < limits.maxAttributes()
          && utf8(entry.getKey()).length <= limits.maxAttributeBytes()
          && utf8(entry.getValue()).length <= limits.maxAttributeBytes()) {
        kept.put(entry.getKey(), entry.getValue());
      }
    }
    return kept;
  }

  private Optional<Rejection> tooWide(WireVector vector) {
    return vector.dimension() <= limits.maxDimension()
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Reason.TOO_LARGE,
                "vector of " + vector.dimension() + " elements, limit " + limits.maxDimension()));
  }

  private static Optional<Rejection> tooLarge(String field, String text, int most) {
    int bytes = utf8(text).length;
    return bytes <= most
        ? Optional.empty()
        : Optional.of(
            new Rejection(Reason.TOO_LARGE, field + " of " + bytes + " bytes, limit " + most));
  }

  private static Reading rejected(Reason reason, String detail) {
    return new Reading.Rejected(new Rejection(reason, detail));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record Origin(String source, long timeMillis) {}
}
