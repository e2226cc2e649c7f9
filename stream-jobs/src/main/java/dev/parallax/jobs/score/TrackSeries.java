package dev.parallax.jobs.score;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesTracker;
import dev.parallax.core.drift.SeriesTracker.Step;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.state.CodecType;
import dev.parallax.onnx.graph.OnnxTranslationKernel;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Follows each series from pane to pane: a shell around {@link SeriesTracker} that keeps its state
 * and wakes it when a series has fallen silent.
 *
 * <p>At the end of the input time runs out for every series at once; that is not silence.
 */
public final class TrackSeries extends KeyedProcessFunction<String, ScoredPane, Assessment> {

  private static final long serialVersionUID = 1L;

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
  public void processElement(ScoredPane scored, Context context, Collector<Assessment> out)
      throws Exception {
    keep(tracker.next(states.value(), scored.pane(), scored.moments()), context, out);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Assessment> out)
      throws Exception {
    SeriesState state = states.value();
    boolean endOfInput = context.timerService().currentWatermark() == Long.MAX_VALUE;
    if (!endOfInput && time == tracker.silentAt(state)) {
      keep(tracker.silence(state), context, out);
    }
  }

  private void keep(Step step, Context context, Collector<Assessment> out) throws Exception {
    states.update(step.state());
    step.assessments().forEach(out::collect);
    long silentAt = tracker.silentAt(step.state());
    if (silentAt != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(silentAt);
    }
  }
}
