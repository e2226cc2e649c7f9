package dev.parallax.jobs.score;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.watch.ProbeAnswer;
import dev.parallax.core.watch.ProbePane;
import dev.parallax.core.watch.ProbeWatch;
import dev.parallax.core.watch.ProbeWatch.Step;
import dev.parallax.core.watch.ProbeWatchState;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PaneLength;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sink.DeadLetters;
import dev.parallax.jobs.state.CodecType;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Follows the probes of each model: a shell around {@link ProbeWatch} that decodes what was kept
 * and holds the state. Probes are compared with the model's own answers, so nothing is encoded.
 *
 * <p>An event that cannot be decoded, has no usable vector or does not say which cycle it is of
 * goes to the dead letters and is counted as rejected.
 */
public final class TrackProbes extends KeyedProcessFunction<String, PaneSample, Assessment> {

  private static final long serialVersionUID = 1L;

  private final MonitorConfig config;

  private transient EventCodec codec;
  private transient OutcomeCounters counters;
  private transient ProbeWatch watch;
  private transient ValueState<ProbeWatchState> states;

  /** An operator that follows probes as {@code config} says. */
  public TrackProbes(MonitorConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    codec = new EventCodec(EventLimits.DEFAULT);
    counters = new OutcomeCounters(getRuntimeContext().getMetricGroup());
    SessionSettings session = SessionSettings.on(ExecutionProvider.parse(config.provider()));
    watch =
        new ProbeWatch(
            new PaneLength(config.pane()),
            config.probeTolerance(),
            ScoreProvenance.of(config, config.reference(), session));
    states =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("probes", CodecType.of(ProbeWatchStateType.INSTANCE)));
  }

  @Override
  public void processElement(PaneSample sample, Context context, Collector<Assessment> out)
      throws Exception {
    List<ProbeAnswer> answers = new ArrayList<>();
    for (Kept<byte[]> input : sample.inputs()) {
      Decoded outcome = codec.decode(input.payload());
      if (outcome instanceof Decoded.Accepted accepted) {
        Optional<Rejection> unusable =
            EventValidator.checkVector("vector", accepted.event().vector());
        Optional<ProbeAnswer> answer =
            unusable.isPresent() ? Optional.empty() : answer(accepted.event(), input);
        answer.ifPresentOrElse(
            answers::add,
            () -> turnAway(input, unusable.orElseGet(TrackProbes::ofNoCycle), context));
      } else if (outcome instanceof Decoded.Rejected rejected) {
        turnAway(input, rejected.rejection(), context);
      }
    }
    EventCounts counts =
        sample
            .counts()
            .plus(new EventCounts(0, 0, 0, 0, 0, sample.inputs().size() - answers.size()));
    counters.add(counts);
    Step step =
        watch.next(
            states.value(), new ProbePane(sample.series(), sample.paneStart(), answers, counts));
    states.update(step.state());
    out.collect(step.assessment());
  }

  private static Optional<ProbeAnswer> answer(EmbeddingEvent event, Kept<byte[]> input) {
    return ProbeAnswer.of(event, input.key());
  }

  private static Rejection ofNoCycle() {
    return new Rejection(
        Reason.MISSING_FIELD,
        "a probe needs "
            + ProbeAttributes.SET
            + ", "
            + ProbeAttributes.CYCLE
            + " and "
            + ProbeAttributes.COUNT);
  }

  private static void turnAway(Kept<byte[]> input, Rejection rejection, Context context) {
    context.output(
        LocalSample.DEAD_LETTERS,
        DeadLetters.of(
            rejection, input.key().toBytes(), input.payload(), Map.of("ce_id", input.id())));
  }
}
