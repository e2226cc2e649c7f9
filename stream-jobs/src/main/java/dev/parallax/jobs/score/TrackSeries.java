package dev.parallax.jobs.score;

import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesTracker;
import dev.parallax.core.drift.SeriesTracker.Outcome;
import dev.parallax.core.drift.SeriesTracker.Step;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.state.CodecType;
import dev.parallax.onnx.graph.OnnxTranslationKernel;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Follows each series from pane to pane: a shell around {@link SeriesTracker} that keeps its state
 * and wakes it when a series has fallen silent.
 *
 * <p>At the end of the input time runs out for every series at once; that is not silence.
 */
public final class TrackSeries extends KeyedProcessFunction<String, ScoredPane, OutRecord> {

  private static final long serialVersionUID = 1L;

  /** Changes of verdict. */
  public static final OutputTag<OutRecord> ALERTS =
      new OutputTag<>("alerts", CodecType.of(OutRecordCodec.INSTANCE));

  private final MonitorConfig config;

  private transient OnnxTranslationKernel kernel;
  private transient SeriesTracker tracker;
  private transient ValueState<SeriesState> states;

  /** An operator that tracks as {@code config} says. */
  public TrackSeries(MonitorConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    SessionSettings session = SessionSettings.on(ExecutionProvider.parse(config.provider()));
    kernel = OnnxTranslationKernel.open(session);
    Provenance provenance = ScoreProvenance.of(config, session);
    tracker = new SeriesTracker(config.tracker(), kernel, provenance);
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("series", CodecType.of(SeriesStateType.INSTANCE)));
  }

  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Override
  public void processElement(ScoredPane scored, Context context, Collector<OutRecord> out)
      throws Exception {
    keep(tracker.next(states.value(), scored.pane(), scored.moments()), context, out);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<OutRecord> out)
      throws Exception {
    SeriesState state = states.value();
    boolean endOfInput = context.timerService().currentWatermark() == Long.MAX_VALUE;
    if (!endOfInput && time == tracker.silentAt(state)) {
      keep(tracker.silence(state), context, out);
    }
  }

  private void keep(Step step, Context context, Collector<OutRecord> out) throws Exception {
    states.update(step.state());
    for (Outcome outcome : step.outcomes()) {
      String key = outcome.score().series().key();
      out.collect(OutRecord.of(key, outcome.score().toJson()));
      outcome.alert().ifPresent(alert -> context.output(ALERTS, OutRecord.of(key, alert.toJson())));
    }
    long silentAt = tracker.silentAt(step.state());
    if (silentAt != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(silentAt);
    }
  }
}
