package dev.parallax.jobs;

import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.source.SourceRecordCodec;
import dev.parallax.jobs.state.CodecType;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;

/** Lets no record pass. */
final class FailAlways
    implements MapFunction<SourceRecord, SourceRecord>, ResultTypeQueryable<SourceRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public SourceRecord map(SourceRecord record) {
    throw new IllegalStateException("failing every time, as asked");
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return CodecType.of(SourceRecordCodec.INSTANCE);
  }
}
