package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * CloudEvents 0.3 and 1.0: KServe's logger through Knative, MLServer, and whole calls in an event.
 *
 * <ul>
 *   <li>Binary mode: attributes in headers {@code ce_id} or {@code Ce-Id}, the value is the body.
 *   <li>Structured mode: the value is JSON with attributes and {@code data}. It is told by its
 *       look, where there are no such headers; the content type only decides that an event with a
 *       part missing is one.
 *   <li>MLServer's requests have no attributes but headers {@code mlserver-model} and {@code
 *       mlserver-version}, and the call's id as the record's key. They are read as events of type
 *       {@value #MLSERVER_REQUEST}.
 * </ul>
 *
 * <p>A type that ends in {@code .request} or {@code .response} tells the half; any other type tells
 * nothing. The content type of the data is never looked at: KServe repeats the request's on the
 * response.
 */
final class CloudEventsEnvelope implements EnvelopeReader {
  static final String MLSERVER_MODEL = "mlserver-model";
  static final String MLSERVER_VERSION = "mlserver-version";
  private static final String MLSERVER_REQUEST = "io.seldon.serving.inference.request";
  private static final String STRUCTURED = "application/cloudevents";
  private static final String BATCH = "application/cloudevents-batch";
  private static final List<String> VERSIONS = List.of("0.3", "1.0");

  private final EnvelopeOptions options;
  private final RecordFilter filter;

  CloudEventsEnvelope(EnvelopeOptions options) {
    this.options = options;
    this.filter = new RecordFilter(options.only());
  }

  @Override
  public Opened open(SourceRecord record) throws RejectedBodyException {
    Labels headers = Labels.of(record.headers());
    Labels attributes = headers.after("ce_", "ce-");
    boolean binary = StructuredEvent.REQUIRED.stream().anyMatch(attributes::has);
    if (!binary && (headers.has(MLSERVER_MODEL) || headers.has(MLSERVER_VERSION))) {
      return requestOfMlserver(record, headers);
    }
    String contentType = headers.get("content-type").orElse("").toLowerCase(Locale.ROOT);
    boolean labelled = contentType.startsWith(STRUCTURED);
    if (binary && !labelled) {
      return event(attributes, headers, record, Optional.empty());
    }
    if (!binary && contentType.startsWith(BATCH)) {
      throw new RejectedBodyException(
          Reason.UNKNOWN_TYPE, "batched content mode, expected one event to a record");
    }
    Optional<StructuredEvent> structured =
        StructuredEvent.parse(RecordBody.valueOf(record), labelled && !binary);
    if (structured.isPresent()) {
      Optional<Body> data = Optional.of(structured.get().data());
      return event(structured.get().attributes(), headers, record, data);
    }
    if (binary) {
      return event(attributes, headers, record, Optional.empty());
    }
    if (RecordBody.sideOf(record, options).equals(Optional.of(Side.REQUEST))) {
      return requestOfMlserver(record, headers);
    }
    throw labelled
        ? new RejectedBodyException(
            Reason.MALFORMED, "content type " + STRUCTURED + ", and the value is no JSON object")
        : new RejectedBodyException(
            Reason.MISSING_FIELD, "no headers ce_id, ce_type…, and no structured event");
  }

  private Opened requestOfMlserver(SourceRecord record, Labels headers)
      throws RejectedBodyException {
    Optional<String> model = headers.get(MLSERVER_MODEL);
    Labels implied = headers.with("type", MLSERVER_REQUEST).with("modelid", model.orElse(""));
    if (!filter.admits(implied, headers)) {
      return new Opened.LeftOut();
    }
    return new Opened.Message(
        RecordBody.labelled(
            Body.of(RecordBody.valueOf(record)), headers, Optional.of(Side.REQUEST)),
        new CallNames(RecordBody.keyOf(record), model, headers.get(MLSERVER_VERSION)),
        Optional.empty(),
        OptionalLong.empty(),
        Map.of());
  }

  private Opened event(
      Labels attributes, Labels headers, SourceRecord record, Optional<Body> structured)
      throws RejectedBodyException {
    if (!filter.admits(attributes, headers)) {
      return new Opened.LeftOut();
    }
    for (String name : StructuredEvent.REQUIRED) {
      if (attributes.get(name).isEmpty()) {
        throw new RejectedBodyException(
            Reason.MISSING_FIELD, "attribute " + name + " of the CloudEvent");
      }
    }
    String version = attributes.get("specversion").orElse("");
    if (!VERSIONS.contains(version)) {
      throw new RejectedBodyException(
          Reason.UNKNOWN_TYPE, "CloudEvents " + version + ", expected one of " + VERSIONS);
    }
    Body body = structured.isPresent() ? structured.get() : Body.of(RecordBody.valueOf(record));
    Optional<Side> side = sideOf(attributes).or(() -> RecordBody.sideOf(record, options));
    Optional<String> modelId = attributes.get("modelid");
    return new Opened.Message(
        RecordBody.labelled(body, headers, side),
        new CallNames(
            attributes.get("id"),
            modelId.isPresent() ? modelId : attributes.get("inferenceservicename"),
            Optional.empty()),
        attributes.get("source"),
        timeOf(attributes),
        attributes.attributes("namespace", "component", "endpoint"));
  }

  private static Optional<Side> sideOf(Labels attributes) throws RejectedBodyException {
    String type = attributes.get("type").orElse("");
    if (type.endsWith(".request")) {
      return Optional.of(Side.REQUEST);
    }
    return type.endsWith(".response") ? Optional.of(Side.RESPONSE) : Optional.empty();
  }

  private static OptionalLong timeOf(Labels attributes) throws RejectedBodyException {
    Optional<String> time = attributes.get("time");
    if (time.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong millis = EventTime.parse(time.get().getBytes(StandardCharsets.UTF_8));
    if (millis.isEmpty()) {
      throw new RejectedBodyException(
          Reason.TIMESTAMP, "attribute time is not RFC 3339: " + time.get());
    }
    return millis;
  }
}
