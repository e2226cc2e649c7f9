package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.SampleHash;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.source.BadRecord;
import dev.parallax.jobs.source.RawEvent;
import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.state.CodecType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Samples before the shuffle: of every pane of every series the inputs with the smallest hash that
 * this subtask has met. Chained to the source, so an event that is sampled out has cost its headers
 * and a hash.
 *
 * <p>An event is late when, at its place in its own partition, its pane is over: {@code pane end ≤
 * latest event time of the partition − lateness}. That depends on what the partition holds and on
 * nothing else, so live, replay and restart agree, and it is never milder than the watermark, which
 * is the least over partitions. An event that the watermark has passed all the same, as after a
 * partition was idle, is late too. A late event is counted in the pane that was open then, for its
 * own is closed.
 *
 * <p>State: the samples, which any subtask may take over, and the clocks of all partitions, which
 * every subtask is given.
 */
public final class LocalSample extends AbstractStreamOperator<SamplePart>
    implements OneInputStreamOperator<SourceRecord, SamplePart> {

  private static final long serialVersionUID = 1L;

  /** Records that cannot be read. */
  public static final OutputTag<OutRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", CodecType.of(OutRecordCodec.INSTANCE));

  private final SampleSettings settings;

  private transient PaneLength pane;
  private transient SampleHash hash;
  private transient TreeMap<Long, OpenPane> panes;
  private transient PartitionClocks clocks;
  private transient long watermark;
  private transient Counter unreadable;
  private transient ListState<SamplePart> partState;
  private transient ListState<PartitionClock> clockState;

  /** An operator that samples by {@code settings}. */
  public LocalSample(SampleSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    pane = settings.pane();
    hash = new SampleHash(settings.seed());
    unreadable = getMetricGroup().counter("unreadable");
    panes = new TreeMap<>();
    clocks = new PartitionClocks();
    watermark = Long.MIN_VALUE;
    SerializerConfigImpl unused = new SerializerConfigImpl();
    partState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "parts", CodecType.of(SamplePartCodec.INSTANCE).createSerializer(unused)));
    clockState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "clocks",
                    CodecType.of(PartitionClock.ClockCodec.INSTANCE).createSerializer(unused)));
    for (SamplePart part : partState.get()) {
      draft(part.paneStart(), part.series()).add(part);
    }
    for (PartitionClock clock : clockState.get()) {
      clocks.see(clock.partition(), clock.latestMillis());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    partState.clear();
    for (Map.Entry<Long, OpenPane> open : panes.entrySet()) {
      for (Map.Entry<Series, PaneDraft> entry : open.getValue().drafts.entrySet()) {
        partState.add(counts(entry.getKey(), open.getKey(), entry.getValue()));
        for (BottomSample.Kept<byte[]> kept : entry.getValue().sample().inHashOrder()) {
          partState.add(new SamplePart.Input(entry.getKey(), open.getKey(), kept));
        }
      }
    }
    clockState.clear();
    clockState.addAll(clocks.toList());
  }

  @Override
  public void processElement(StreamRecord<SourceRecord> element) {
    SourceRecord record = element.getValue();
    if (record instanceof RawEvent event) {
      sample(event);
    } else if (record instanceof BadRecord bad) {
      unreadable.inc();
      output.collect(DEAD_LETTERS, new StreamRecord<>(bad.deadLetter()));
    }
  }

  private void sample(RawEvent event) {
    long time = event.timeMillis();
    long latest = clocks.latest(event.partition());
    long start = pane.startOf(time);
    long end = pane.endOf(start);
    boolean afterItsPartition =
        latest != Long.MIN_VALUE && end <= latest - settings.latenessMillis();
    if (afterItsPartition || end - 1 <= watermark) {
      long now = watermark == Long.MIN_VALUE ? latest : Math.max(latest, watermark + 1);
      draft(pane.startOf(now), event.series()).addLate(1);
      return;
    }
    clocks.see(event.partition(), time);
    OpenPane open = openPane(start);
    BottomSample<byte[]> sample =
        open.draft(event.series(), settings.size(event.series())).sample();
    long hash = SampleHash.of(open.salt, event.key());
    if (!sample.passOver(hash)) {
      sample.offer(hash, event.key(), time, event.id(), event.value());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    while (!panes.isEmpty() && pane.endOf(panes.firstKey()) - 1 <= watermark) {
      Map.Entry<Long, OpenPane> closed = panes.pollFirstEntry();
      closed.getValue().drafts.forEach((series, draft) -> emit(series, closed.getKey(), draft));
    }
    super.processWatermark(mark);
  }

  /**
   * An idle subtask no longer holds time back after the shuffle, so all that it has goes there
   * first; what follows of the same panes is merged with it.
   */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      panes.forEach(
          (start, open) -> open.drafts.forEach((series, draft) -> emit(series, start, draft)));
      panes.clear();
    }
    super.processWatermarkStatus(status);
  }

  private void emit(Series series, long paneStart, PaneDraft draft) {
    output.collect(new StreamRecord<>(counts(series, paneStart, draft)));
    for (BottomSample.Kept<byte[]> kept : draft.sample().inHashOrder()) {
      output.collect(new StreamRecord<>(new SamplePart.Input(series, paneStart, kept)));
    }
  }

  private static SamplePart.Counts counts(Series series, long paneStart, PaneDraft draft) {
    return new SamplePart.Counts(series, paneStart, draft.sample().sampledOut(), draft.late());
  }

  private PaneDraft draft(long paneStart, Series series) {
    return openPane(paneStart).draft(series, settings.size(series));
  }

  private OpenPane openPane(long paneStart) {
    return panes.computeIfAbsent(paneStart, start -> new OpenPane(hash.paneSalt(start)));
  }

  /** The samples of all series of a pane. */
  private static final class OpenPane {
    private final long salt;
    private final Map<Series, PaneDraft> drafts = new HashMap<>();

    OpenPane(long salt) {
      this.salt = salt;
    }

    PaneDraft draft(Series series, int size) {
      PaneDraft draft = drafts.get(series);
      if (draft == null) {
        draft = new PaneDraft(series, size);
        drafts.put(series, draft);
      }
      return draft;
    }
  }
}
