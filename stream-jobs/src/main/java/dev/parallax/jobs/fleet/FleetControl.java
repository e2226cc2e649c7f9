package dev.parallax.jobs.fleet;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.fleet.Fleet;
import dev.parallax.core.fleet.Fleet.Outcome;
import dev.parallax.core.fleet.Fleet.Ruling;
import dev.parallax.core.fleet.FleetState;
import dev.parallax.core.window.PaneLength;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.score.AssessmentCodec;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.state.CodecType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Collects the assessments of a tick and decides on them together: a shell around {@link Fleet}.
 * All assessments come under one key, so one instance sees them all.
 *
 * <p>A tick is decided once event time has reached it. By then all its assessments have come, since
 * panes and silences are found by the same event time upstream. Outcomes go out by tick and series,
 * whatever the order in which assessments came, so they do not depend on parallelism. At the end of
 * the input time passes every tick, and all that is left goes out.
 */
public final class FleetControl extends KeyedProcessFunction<Integer, Assessment, OutRecord> {

  private static final long serialVersionUID = 1L;

  /** Changes of verdict. */
  public static final OutputTag<OutRecord> ALERTS =
      new OutputTag<>("alerts", CodecType.of(OutRecordCodec.INSTANCE));

  private final MonitorConfig config;

  private transient Fleet fleet;
  private transient ValueState<FleetState> states;

  /** Assessments of ticks to come, by tick and series. */
  private transient MapState<String, Assessment> waiting;

  /** An operator that pages as {@code config} says. */
  public FleetControl(MonitorConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    fleet = new Fleet(config.fleet(), new PaneLength(config.pane()), config.silentAfter());
    states =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("fleet", CodecType.of(FleetStateType.INSTANCE)));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting", Types.STRING, CodecType.of(AssessmentCodec.INSTANCE)));
  }

  @Override
  public void processElement(Assessment assessment, Context context, Collector<OutRecord> out)
      throws Exception {
    long tick = assessment.score().paneEnd();
    waiting.put(tick + " " + assessment.score().series().key(), assessment);
    context.timerService().registerEventTimeTimer(tick);
  }

  @Override
  public void onTimer(long tick, OnTimerContext context, Collector<OutRecord> out)
      throws Exception {
    FleetState before = states.value();
    Ruling ruling = fleet.next(before == null ? FleetState.EMPTY : before, tick, taken(tick));
    states.update(ruling.state());
    for (Outcome outcome : ruling.outcomes()) {
      String key = outcome.score().series().key();
      out.collect(OutRecord.of(key, outcome.score().toJson()));
      outcome.alert().ifPresent(alert -> context.output(ALERTS, OutRecord.of(key, alert.toJson())));
    }
  }

  private List<Assessment> taken(long tick) throws Exception {
    Map<String, Assessment> taken = new TreeMap<>();
    for (Map.Entry<String, Assessment> entry : waiting.entries()) {
      if (entry.getValue().score().paneEnd() == tick) {
        taken.put(entry.getKey(), entry.getValue());
      }
    }
    for (String key : taken.keySet()) {
      waiting.remove(key);
    }
    return List.copyOf(taken.values());
  }
}
