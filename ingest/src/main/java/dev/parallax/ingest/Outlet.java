package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.ingest.IngestCounters.Tally;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Origin;
import dev.parallax.ingest.source.Reading;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Where a processor of one source writes what it made of a record, and counts it. */
final class Outlet {

  private final ProcessorContext<byte @Nullable [], byte @Nullable []> context;
  private final SourceNodes nodes;
  private final boolean deadLetterValues;
  private final int maxValueBytes;

  Outlet(
      ProcessorContext<byte @Nullable [], byte @Nullable []> context,
      SourceNodes nodes,
      IngestConfig config) {
    this.context = context;
    this.nodes = nodes;
    this.deadLetterValues = config.deadLetterValues();
    this.maxValueBytes = config.limits().maxRecordBytes();
  }

  void event(Reading.Accepted event, Tally tally) {
    context.forward(
        new Record<>(event.inputKey().toBytes(), event.value(), now(), event.headers()),
        nodes.events());
    tally.accepted();
  }

  void deadLetter(
      Record<byte @Nullable [], byte @Nullable []> record,
      Origin origin,
      Rejection rejection,
      Tally tally) {
    context.forward(
        DeadLetter.of(
            record, nodes.name(), origin, rejection, deadLetterValues, maxValueBytes, now()),
        nodes.deadLetters());
    tally.rejected(rejection.reason());
  }

  void deadLetter(Half half, Rejection rejection, Tally tally) {
    context.forward(DeadLetter.of(nodes.name(), half, rejection, now()), nodes.unpaired());
    tally.rejected(rejection.reason());
  }

  /** The other half of a call that was turned away and counted already. */
  void companion(Half half, Rejection rejection) {
    context.forward(DeadLetter.of(nodes.name(), half, rejection, now()), nodes.unpaired());
  }

  /** The wall clock, also where events are judged by another: retention goes by it. */
  long now() {
    return context.currentSystemTimeMs();
  }
}
