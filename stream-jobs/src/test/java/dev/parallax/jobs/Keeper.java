package dev.parallax.jobs;

import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.source.SourceRecordCodec;
import dev.parallax.jobs.state.CodecType;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Passes records on and keeps one value of some type in its state. */
final class Keeper<T>
    implements MapFunction<SourceRecord, SourceRecord>,
        CheckpointedFunction,
        ResultTypeQueryable<SourceRecord> {

  private static final long serialVersionUID = 1L;

  private final TypeInformation<T> type;
  private final T value;
  private transient ListState<T> state;

  Keeper(TypeInformation<T> type, T value) {
    this.type = type;
    this.value = value;
  }

  @Override
  public SourceRecord map(SourceRecord record) {
    return record;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("kept", type));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.clear();
    state.add(value);
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return CodecType.of(SourceRecordCodec.INSTANCE);
  }
}
