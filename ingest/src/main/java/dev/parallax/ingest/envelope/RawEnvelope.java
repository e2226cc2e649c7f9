package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A record whose value is the body. The call's id is in a header, or in the body. */
final class RawEnvelope implements EnvelopeReader {
  private final EnvelopeOptions options;
  private final RecordFilter filter;
  private final Optional<String> idHeader;

  RawEnvelope(EnvelopeOptions options) {
    this.options = options;
    this.filter = new RecordFilter(options.only());
    this.idHeader = options.idHeader().map(name -> name.toLowerCase(Locale.ROOT));
  }

  @Override
  public Opened open(SourceRecord record) throws RejectedBodyException {
    Labels headers = Labels.of(record.headers());
    if (!filter.admits(headers, headers)) {
      return new Opened.LeftOut();
    }
    Optional<String> id = idHeader.isPresent() ? headers.get(idHeader.get()) : Optional.empty();
    return new Opened.Message(
        RecordBody.labelled(
            Body.of(RecordBody.valueOf(record)), headers, RecordBody.sideOf(record, options)),
        new CallNames(id, Optional.empty(), Optional.empty()),
        Optional.empty(),
        OptionalLong.empty(),
        Map.of());
  }
}
