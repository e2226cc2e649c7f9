package dev.parallax.jobs.score;

import static dev.parallax.jobs.metrics.FlinkMetrics.ENCODE_BATCH;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.PaneSlicer;
import dev.parallax.core.window.PaneSlicer.Cut;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.metrics.BatchSeconds;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.reference.ReferenceVectors;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sink.DeadLetters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes the kept events of a pane and gives each its reference vector; rows come out
 * L2-normalised. After the pane come its slices, which share its rows.
 *
 * <p>All rows of a pane have one width, that of most of them and of two equally frequent ones the
 * width that comes first in hash order, so that one odd event cannot turn away the others. A kept
 * event that cannot be decoded, or whose live vector is not finite, zero or of another width, goes
 * to the dead letters and is counted as rejected; one whose reference vector is missing, not
 * finite, zero or of another width is counted as unmatched.
 */
public final class EncodePanes extends ProcessFunction<PaneSample, PairedPane> {

  private static final long serialVersionUID = 1L;

  private final ReferenceSettings settings;
  private final SliceSettings slices;
  private final boolean again;

  private transient EventCodec codec;
  private transient ReferenceVectors references;
  private transient OutcomeCounters counters;
  private transient PaneSlicer slicer;
  private transient Counter hidden;
  private transient BatchSeconds times;

  /** An operator that gets reference vectors as {@code settings} say, and cuts slices. */
  public EncodePanes(ReferenceSettings settings, SliceSettings slices) {
    this(settings, slices, false);
  }

  /**
   * One that is given panes which another operator is given too: what it turns away is neither
   * counted by Flink nor written to the dead letters once more.
   */
  public static EncodePanes again(ReferenceSettings settings, SliceSettings slices) {
    return new EncodePanes(settings, slices, true);
  }

  private EncodePanes(ReferenceSettings settings, SliceSettings slices, boolean again) {
    this.settings = settings;
    this.slices = slices;
    this.again = again;
  }

  @Override
  public void open(OpenContext context) {
    codec = new EventCodec(EventLimits.DEFAULT);
    counters = new OutcomeCounters(getRuntimeContext().getMetricGroup());
    slicer = new PaneSlicer(slices.attributes(), slices.values());
    hidden = getRuntimeContext().getMetricGroup().counter("slices_hidden");
    times = getRuntimeContext().getMetricGroup().histogram(ENCODE_BATCH, new BatchSeconds());
    references = settings.open();
  }

  @Override
  public void close() {
    if (references != null) {
      references.close();
    }
  }

  @Override
  public void processElement(PaneSample sample, Context context, Collector<PairedPane> out) {
    List<KeptEvent> decoded = new ArrayList<>();
    for (Kept<byte[]> input : sample.inputs()) {
      Decoded outcome = check(codec.decode(input.payload()));
      if (outcome instanceof Decoded.Accepted accepted) {
        decoded.add(new KeptEvent(input, accepted.event().withInputKey(input.key())));
      } else if (outcome instanceof Decoded.Rejected rejected) {
        turnAway(input, rejected.rejection(), context);
      }
    }
    int width = mostCommon(decoded.stream().mapToInt(KeptEvent::width));
    List<KeptEvent> events = new ArrayList<>();
    for (KeptEvent event : decoded) {
      if (event.width() == width) {
        events.add(event);
      } else {
        String detail = "expected " + width + " elements as in the pane, got " + event.width();
        turnAway(event.input(), new Rejection(Reason.WIDTH_CHANGED, detail), context);
      }
    }
    List<Map<String, String>> attributes = new ArrayList<>();
    PairedPane pane = pair(sample, events, attributes);
    if (!again) {
      counters.add(pane.counts());
    }
    out.collect(pane);
    Cut cut = slicer.cut(pane, attributes);
    hidden.inc(cut.hidden());
    cut.slices().forEach(out::collect);
  }

  private static Decoded check(Decoded decoded) {
    return decoded instanceof Decoded.Accepted accepted
        ? EventValidator.checkVector("vector", accepted.event().vector())
            .<Decoded>map(Decoded.Rejected::new)
            .orElse(decoded)
        : decoded;
  }

  private void turnAway(Kept<byte[]> input, Rejection rejection, Context context) {
    if (again) {
      return;
    }
    context.output(
        LocalSample.DEAD_LETTERS,
        DeadLetters.of(
            rejection, input.key().toBytes(), input.payload(), Map.of("ce_id", input.id())));
  }

  /** The most frequent number, of two equally frequent ones that which comes first; 0 of none. */
  private static int mostCommon(IntStream widths) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    widths.forEach(width -> counts.merge(width, 1, Integer::sum));
    int best = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      if (best == 0 || entry.getValue() > counts.get(best)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** The pane, with the attributes of its rows. */
  private PairedPane pair(
      PaneSample sample, List<KeptEvent> events, List<Map<String, String>> attributes) {
    long start = System.nanoTime();
    List<Optional<float[]>> vectors = references.of(events.stream().map(KeptEvent::event).toList());
    times.since(start);
    List<Optional<float[]>> found =
        vectors.stream()
            .map(vector -> vector.flatMap(EncodePanes::normalised).map(UnitRow::values))
            .toList();
    int width = mostCommon(found.stream().flatMapToInt(EncodePanes::width));
    List<float[]> live = new ArrayList<>();
    List<float[]> reference = new ArrayList<>();
    List<InputKey> keys = new ArrayList<>();
    List<Float> norms = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Optional<float[]> vector = found.get(i);
      if (vector.isPresent() && vector.get().length == width) {
        UnitRow row = normalised(events.get(i).event().vector().toFloats()).orElseThrow();
        live.add(row.values());
        norms.add(row.norm());
        reference.add(vector.get());
        keys.add(events.get(i).input().key());
        attributes.add(events.get(i).event().attributes());
      }
    }
    EventCounts counts = sample.counts();
    return new PairedPane(
        sample.series().against(settings.id()),
        sample.paneStart(),
        keys,
        live.toArray(float[][]::new),
        floats(norms),
        reference.toArray(float[][]::new),
        new EventCounts(
            counts.in(),
            counts.sampledOut(),
            counts.duplicate(),
            counts.late(),
            events.size() - live.size(),
            sample.inputs().size() - events.size()));
  }

  private static IntStream width(Optional<float[]> vector) {
    return vector.stream().mapToInt(values -> values.length);
  }

  /** The row with norm 1; empty if it has no direction or is not finite. */
  private static Optional<UnitRow> normalised(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    if (!(squares > 0 && squares <= Double.MAX_VALUE)) {
      return Optional.empty();
    }
    double norm = Math.sqrt(squares);
    double scale = 1 / norm;
    float[] normalised = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      normalised[j] = (float) (row[j] * scale);
    }
    return Optional.of(new UnitRow(normalised, (float) norm));
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  /** A row of norm 1 with the norm that it had. */
  @SuppressWarnings("ArrayRecordComponent")
  private record UnitRow(float[] values, float norm) {}

  /** A kept input with what its event says. */
  private record KeptEvent(Kept<byte[]> input, EmbeddingEvent event) {
    int width() {
      return event.vector().dimension();
    }
  }
}
