package dev.parallax.jobs.sample;

import dev.parallax.core.window.PaneLength;
import dev.parallax.jobs.state.CodecType;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Merges the local samples of a pane after the shuffle and emits the pane when the watermark closes
 * it.
 *
 * <p>The events of a part that comes after its pane has closed, as from a subtask that was idle,
 * are counted as late in the pane that is open then.
 *
 * <p>State: the samples of open panes, and of every series up to when its panes have closed.
 */
public final class MergeSample extends KeyedProcessFunction<String, SamplePart, PaneSample> {

  private static final long serialVersionUID = 1L;

  /** The panes of probes, which need no reference vectors. */
  public static final OutputTag<PaneSample> PROBES =
      new OutputTag<>("probes", CodecType.of(PaneSampleCodec.INSTANCE));

  private final SampleSettings settings;

  private transient PaneLength pane;
  private transient MapState<Long, PaneDraft> drafts;
  private transient ValueState<Long> closedUntil;

  /** An operator that merges samples made by the same {@code settings}. */
  public MergeSample(SampleSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    pane = settings.pane();
    drafts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "drafts", Types.LONG, CodecType.of(PaneDraftCodec.INSTANCE)));
    closedUntil =
        getRuntimeContext().getState(new ValueStateDescriptor<>("closed-until", Types.LONG));
  }

  @Override
  public void processElement(SamplePart part, Context context, Collector<PaneSample> out)
      throws Exception {
    Long closed = closedUntil.value();
    long end = pane.endOf(part.paneStart());
    long watermark = context.timerService().currentWatermark();
    boolean late = end - 1 <= watermark || closed != null && end <= closed;
    long paneStart = late ? openPane(watermark, closed) : part.paneStart();
    PaneDraft draft = drafts.get(paneStart);
    if (draft == null) {
      draft = new PaneDraft(part.series(), settings.size(part.series()));
    }
    if (late) {
      draft.addLate(part);
    } else {
      draft.add(part);
    }
    drafts.put(paneStart, draft);
    context.timerService().registerEventTimeTimer(pane.endOf(paneStart) - 1);
  }

  private long openPane(long watermark, @Nullable Long closed) {
    long first = closed == null ? Long.MIN_VALUE : closed;
    return pane.startOf(Math.max(first, watermark == Long.MAX_VALUE ? first : watermark + 1));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<PaneSample> out)
      throws Exception {
    long paneStart = pane.startOf(time);
    PaneDraft draft = drafts.get(paneStart);
    drafts.remove(paneStart);
    closedUntil.update(pane.endOf(paneStart));
    PaneSample sample =
        new PaneSample(draft.series(), paneStart, draft.sample().inHashOrder(), draft.counts());
    if (sample.series().isProbes()) {
      context.output(PROBES, sample);
    } else {
      out.collect(sample);
    }
  }
}
