package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Seldon Core 2: the request id is the header {@code x-request-id}, model, namespace and side are
 * in the {@linkplain SeldonTopic topic's name}.
 *
 * <p>Without the header the id is the last part of the record's key, which has been {@code <id>},
 * {@code <resource>.<id>} and {@code <partition>.<resource>.<id>} in turn.
 */
final class SeldonEnvelope implements EnvelopeReader {
  static final String REQUEST_ID = "x-request-id";
  static final String PIPELINE = "pipeline";
  static final String ERRORS = "seldon-pipeline-errors";

  private final EnvelopeOptions options;
  private final RecordFilter filter;

  SeldonEnvelope(EnvelopeOptions options) {
    this.options = options;
    this.filter = new RecordFilter(options.only());
  }

  @Override
  public Opened open(SourceRecord record) throws RejectedBodyException {
    Optional<SeldonTopic> topic = SeldonTopic.parse(record.topic());
    Labels headers = Labels.of(record.headers());
    Labels labels = headers;
    if (topic.isPresent()) {
      labels = headers.with("namespace", topic.get().namespace()).with("model", topic.get().name());
    }
    if (!filter.admits(labels, headers)) {
      return new Opened.LeftOut();
    }
    if (headers.has(ERRORS) || SeldonTopic.isOfErrors(record.topic())) {
      throw new RejectedBodyException(
          Reason.ERROR_BODY,
          headers.has(ERRORS) ? "header " + ERRORS : "a record of the topic of errors");
    }
    Optional<Side> side = topic.map(SeldonTopic::side).or(() -> RecordBody.sideOf(record, options));
    Optional<String> model = topic.map(SeldonTopic::name);
    Map<String, String> attributes =
        topic.isPresent() ? labels.attributes("namespace", PIPELINE) : labels.attributes(PIPELINE);
    return new Opened.Message(
        RecordBody.labelled(Body.of(RecordBody.valueOf(record)), headers, side),
        new CallNames(idOf(record, headers), model, Optional.empty()),
        topic.map(of -> "/seldon/" + of.namespace() + "/" + of.name()),
        OptionalLong.empty(),
        attributes);
  }

  private static Optional<String> idOf(SourceRecord record, Labels headers)
      throws RejectedBodyException {
    Optional<String> id = headers.get(REQUEST_ID);
    return id.isPresent()
        ? id
        : RecordBody.keyOf(record).map(key -> key.substring(key.lastIndexOf('.') + 1));
  }
}
