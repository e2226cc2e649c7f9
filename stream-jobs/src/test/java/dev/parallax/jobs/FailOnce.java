package dev.parallax.jobs;

import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.source.SourceRecordCodec;
import dev.parallax.jobs.state.CodecType;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;

/**
 * Passes records on until it is armed and then fails once. Flink runs copies of it, which meet
 * through the run's entry in a map.
 */
final class FailOnce
    implements MapFunction<SourceRecord, SourceRecord>,
        ResultTypeQueryable<SourceRecord>,
        CheckpointListener {

  private static final long serialVersionUID = 1L;
  private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

  private final String id;
  private boolean seen;

  private FailOnce(String id) {
    this.id = id;
  }

  static FailOnce create() {
    String id = UUID.randomUUID().toString();
    RUNS.put(id, new Run());
    return new FailOnce(id);
  }

  private Run run() {
    return RUNS.get(id);
  }

  /** Whether a checkpoint was completed after the first record. */
  boolean checkpointed() {
    return run().checkpointed.get();
  }

  void arm() {
    run().armed.set(true);
  }

  boolean failed() {
    return run().failed.get();
  }

  @Override
  public SourceRecord map(SourceRecord record) {
    seen = true;
    if (run().armed.compareAndSet(true, false)) {
      run().failed.set(true);
      throw new IllegalStateException("failing once, as asked");
    }
    return record;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    if (seen) {
      run().checkpointed.set(true);
    }
  }

  @Override
  public TypeInformation<SourceRecord> getProducedType() {
    return CodecType.of(SourceRecordCodec.INSTANCE);
  }

  private static final class Run {
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean checkpointed = new AtomicBoolean();
  }
}
