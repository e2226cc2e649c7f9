package dev.parallax.jobs.score;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.BaselineHistory;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesTracker;
import dev.parallax.core.drift.SeriesTracker.Step;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.source.PastBaselines;
import dev.parallax.jobs.state.CodecType;
import dev.parallax.onnx.graph.OnnxTranslationKernel;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Follows each series from pane to pane: a shell around {@link SeriesTracker} that keeps its state
 * and wakes it when a series has fallen silent. Its second input are orders for the baseline.
 *
 * <p>The slices of a series come under its key, after it, and each is tracked as a series with a
 * baseline of its own. A slice is taken up with its first pane of enough pairs, if its attribute
 * has fewer slices than it may have; it makes room again once it has been silent {@value
 * #FORGET_AFTER_SILENCES} times as long as makes it silent. So state is bounded, whatever values
 * events bring.
 *
 * <p>A job that starts without state reads what was written of baselines before, and goes on from
 * there: {@link BaselineHistory} says how.
 *
 * <p>At the end of the input time runs out for every series at once; that is not silence.
 */
public final class TrackSeries
    extends KeyedCoProcessFunction<String, ScoredPane, BaselineOrder, Assessment>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private static final int FORGET_AFTER_SILENCES = 10;

  /** What became of baselines. */
  public static final OutputTag<OutRecord> BASELINES =
      new OutputTag<>("baselines", CodecType.of(OutRecordCodec.INSTANCE));

  private final MonitorConfig config;
  private final ReferenceSettings reference;
  private final PastBaselines past;

  private transient OnnxTranslationKernel kernel;
  private transient SeriesTracker tracker;
  private transient SeriesTracker sliceTracker;
  private transient Counter hidden;
  private transient ValueState<SeriesState> states;
  private transient MapState<String, SeriesState> slices;
  private transient Histories histories;
  private transient ListState<SeriesPast> keptHistories;

  /**
   * An operator that tracks as {@code config} says.
   *
   * @param reference what its series are against
   * @param past what was written of baselines before, for a start without state
   */
  public TrackSeries(MonitorConfig config, ReferenceSettings reference, PastBaselines past) {
    this.config = config;
    this.reference = reference;
    this.past = past;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    keptHistories =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("histories", CodecType.of(SeriesPastCodec.INSTANCE)));
    histories =
        context.isRestored()
            ? Histories.restored(keptHistories.get(), this::isOurs)
            : Histories.read(past, this::isOurs);
  }

  /** The key of a model's panes, whichever reference they are against. */
  public static String keyOf(Series series, MonitorConfig config) {
    return series.whole().against(config.reference().id()).key();
  }

  /** Whether the panes of a series come here. */
  private boolean isOurs(Series series) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return series.reference().equals(reference.id())
        && KeyGroupRangeAssignment.assignKeyToParallelOperator(
                keyOf(series, config),
                task.getMaxNumberOfParallelSubtasks(),
                task.getNumberOfParallelSubtasks())
            == task.getIndexOfThisSubtask();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    keptHistories.update(histories.kept());
  }

  @Override
  public void open(OpenContext context) {
    SessionSettings session = SessionSettings.on(ExecutionProvider.parse(config.provider()));
    kernel = OnnxTranslationKernel.open(session);
    Provenance provenance = ScoreProvenance.of(config, reference, session);
    tracker = new SeriesTracker(config.tracker(), kernel, provenance);
    sliceTracker = new SeriesTracker(config.sliceTracker(), kernel, provenance);
    hidden = getRuntimeContext().getMetricGroup().counter("slices_hidden");
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("series", CodecType.of(SeriesStateType.INSTANCE)));
    slices =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "slices", Types.STRING, CodecType.of(SeriesStateType.INSTANCE)));
  }

  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Override
  public void processElement1(ScoredPane scored, Context context, Collector<Assessment> out)
      throws Exception {
    if (scored.pane().series().isSlice()) {
      nextOfSlice(scored, context, out);
      return;
    }
    Step step = next(tracker, states.value(), scored);
    states.update(step.state());
    emit(step, context, out);
  }

  private Step next(SeriesTracker by, @Nullable SeriesState before, ScoredPane scored) {
    Series series = scored.pane().series();
    Step step = by.next(before, scored.pane(), scored.moments(), histories.of(series));
    if (before == null) {
      histories.begun(series);
    }
    return step;
  }

  private void nextOfSlice(ScoredPane scored, Context context, Collector<Assessment> out)
      throws Exception {
    PairedPane pane = scored.pane();
    String slice = pane.series().slice();
    SeriesState before = slices.get(slice);
    if (before != null && pane.start() >= forgottenAt(before)) {
      if (!before.silent()) {
        silence(sliceTracker, before).assessments().forEach(out::collect);
      }
      slices.remove(slice);
      before = null;
    }
    if (before == null) {
      if (pane.pairs() < config.slices().minPairs()) {
        return;
      }
      if (!hasRoomFor(pane)) {
        hidden.inc();
        return;
      }
    }
    Step step = next(sliceTracker, before, scored);
    slices.put(slice, step.state());
    emit(step, context, out);
    context.timerService().registerEventTimeTimer(forgottenAt(step.state()));
  }

  private Step silence(SeriesTracker by, SeriesState state) {
    return by.silence(state, histories.of(state.series()));
  }

  private boolean hasRoomFor(PairedPane pane) throws Exception {
    String slice = pane.series().slice();
    String attribute = slice.substring(0, slice.indexOf('=') + 1);
    int taken = 0;
    for (Map.Entry<String, SeriesState> entry : slices.entries()) {
      // What time has not yet removed makes room all the same: it depends on the pane alone.
      if (entry.getKey().startsWith(attribute) && pane.start() < forgottenAt(entry.getValue())) {
        taken++;
      }
    }
    return taken < config.slices().values();
  }

  private long forgottenAt(SeriesState state) {
    return state.lastPaneEnd() + FORGET_AFTER_SILENCES * config.silentAfter().toMillis();
  }

  @Override
  public void processElement2(BaselineOrder order, Context context, Collector<Assessment> out)
      throws Exception {
    String slice = order.series().slice();
    boolean whole = !order.series().isSlice();
    SeriesState state = whole ? states.value() : slices.get(slice);
    if (state == null) {
      return;
    }
    Optional<Step> step =
        (whole ? tracker : sliceTracker).order(state, order, histories.of(order.series()));
    if (step.isEmpty()) {
      return;
    }
    if (whole) {
      states.update(step.get().state());
    } else {
      slices.put(slice, step.get().state());
    }
    emit(step.get(), context, out);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Assessment> out)
      throws Exception {
    if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
      return;
    }
    SeriesState state = states.value();
    if (state != null && time == tracker.silentAt(state)) {
      Step step = silence(tracker, state);
      states.update(step.state());
      emit(step, context, out);
    }
    Map<String, SeriesState> sorted = new TreeMap<>();
    for (Map.Entry<String, SeriesState> entry : slices.entries()) {
      sorted.put(entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, SeriesState> entry : sorted.entrySet()) {
      if (time >= forgottenAt(entry.getValue())) {
        slices.remove(entry.getKey());
      } else if (time == sliceTracker.silentAt(entry.getValue())) {
        Step step = silence(sliceTracker, entry.getValue());
        slices.put(entry.getKey(), step.state());
        emit(step, context, out);
      }
    }
  }

  private void emit(Step step, Context context, Collector<Assessment> out) {
    step.assessments().forEach(out::collect);
    for (BaselineRecord record : step.baselines()) {
      context.output(BASELINES, OutRecord.of(record.key(), BaselineWire.write(record)));
    }
    long silentAt = tracker.silentAt(step.state());
    if (silentAt != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(silentAt);
    }
  }
}
