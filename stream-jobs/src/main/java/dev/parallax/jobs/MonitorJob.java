package dev.parallax.jobs;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.window.PairedPane;
import dev.parallax.jobs.fleet.FleetControl;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.MergeOperator;
import dev.parallax.jobs.sample.MergeSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sample.PaneSampleCodec;
import dev.parallax.jobs.sample.SamplePart;
import dev.parallax.jobs.sample.SamplePartCodec;
import dev.parallax.jobs.score.AssessmentCodec;
import dev.parallax.jobs.score.EncodePanes;
import dev.parallax.jobs.score.PairedPaneCodec;
import dev.parallax.jobs.score.ScorePanes;
import dev.parallax.jobs.score.ScoredPane;
import dev.parallax.jobs.score.ScoredPane.ScoredPaneCodec;
import dev.parallax.jobs.score.TrackProbes;
import dev.parallax.jobs.score.TrackSeries;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.source.BaselineOrders;
import dev.parallax.jobs.source.PastBaselines;
import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.state.CodecType;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The job: sample → encode → score → track → fleet.
 *
 * <pre>
 * events ─ local sample ─┐ shuffle by series ┌─ merge sample ─ encode ─ score ─ track ─┐
 *  (chained to source)   └──────────────────┘      │ (panes stay where they are)      │
 *                                                  └─ probes ──────────────────────────┤
 *                  scores, alerts ─ fleet (one instance, sees a tick of all series) ───┤
 *           orders for baselines, and what became of them ─────────────────────────────┘
 * </pre>
 *
 * <p>Each further reference has encode, score and track of its own, behind the same sample.
 *
 * <p>The panes of probes need no reference vectors and take a way of their own to the fleet.
 *
 * <p>Takes its source as an argument, so live, replay and tests run the same operators. Every
 * operator has a uid that savepoints rely on.
 */
public final class MonitorJob {

  private MonitorJob() {}

  /**
   * Lays the operators behind a stream of events with their watermarks.
   *
   * @param events records of the events topic
   * @param config settings
   */
  public static Results define(DataStream<SourceRecord> events, MonitorConfig config) {
    return define(
        events, BaselineOrders.none(events.getExecutionEnvironment()), PastBaselines.NONE, config);
  }

  /**
   * The same with orders for baselines, and with those of a job before.
   *
   * @param orders what people want done with baselines; without event time
   * @param past what was written of baselines before, for a start without state
   */
  public static Results define(
      DataStream<SourceRecord> events,
      DataStream<BaselineOrder> orders,
      PastBaselines past,
      MonitorConfig config) {
    SingleOutputStreamOperator<SamplePart> parts =
        named(
            events.transform(
                "local-sample",
                CodecType.of(SamplePartCodec.INSTANCE),
                new LocalSample(config.sample())),
            "local-sample");
    SingleOutputStreamOperator<PaneSample> samples =
        named(
            parts
                .keyBy(part -> part.series().key(), Types.STRING)
                .transform(
                    "merge-sample",
                    CodecType.of(PaneSampleCodec.INSTANCE),
                    new MergeOperator(config.sample())),
            "merge-sample");
    SingleOutputStreamOperator<PairedPane> pairs =
        named(
            samples.process(
                new EncodePanes(config.reference(), config.slices()),
                CodecType.of(PairedPaneCodec.INSTANCE)),
            "encode");
    SingleOutputStreamOperator<Assessment> tracked =
        track(pairs, orders, past, config.reference(), config, "");
    DataStream<Assessment> assessments = tracked;
    DataStream<OutRecord> baselines = tracked.getSideOutput(TrackSeries.BASELINES);
    for (FurtherReference further : config.further()) {
      SingleOutputStreamOperator<Assessment> besides =
          besides(samples, orders, past, further, config);
      assessments = assessments.union(besides);
      baselines = baselines.union(besides.getSideOutput(TrackSeries.BASELINES));
    }
    SingleOutputStreamOperator<Assessment> probes =
        named(
            DataStreamUtils.reinterpretAsKeyedStream(
                    samples.getSideOutput(MergeSample.PROBES),
                    sample -> sample.series().key(),
                    Types.STRING)
                .process(new TrackProbes(config), CodecType.of(AssessmentCodec.INSTANCE)),
            "probes");
    SingleOutputStreamOperator<OutRecord> decided =
        named(
            assessments
                .union(probes)
                .keyBy(assessment -> 0, Types.INT)
                .process(new FleetControl(config), CodecType.of(OutRecordCodec.INSTANCE))
                .setParallelism(1),
            "fleet");
    return new Results(
        decided,
        decided.getSideOutput(FleetControl.ALERTS),
        baselines,
        parts
            .getSideOutput(LocalSample.DEAD_LETTERS)
            .union(
                pairs.getSideOutput(LocalSample.DEAD_LETTERS),
                probes.getSideOutput(LocalSample.DEAD_LETTERS)));
  }

  /** The models that have a further reference, paired and tracked once more against it. */
  private static SingleOutputStreamOperator<Assessment> besides(
      DataStream<PaneSample> samples,
      DataStream<BaselineOrder> orders,
      PastBaselines past,
      FurtherReference further,
      MonitorConfig config) {
    ReferenceSettings space = further.space();
    String suffix = "-" + space.id();
    SingleOutputStreamOperator<PaneSample> theirs =
        named(samples.filter(sample -> further.isFor(sample.series().model())), "of" + suffix);
    return track(
        named(
            theirs.process(
                EncodePanes.again(space, config.slices()), CodecType.of(PairedPaneCodec.INSTANCE)),
            "encode" + suffix),
        orders,
        past,
        space,
        config,
        suffix);
  }

  /**
   * Scores panes and follows their series, where the panes are: on the subtask of their model,
   * whichever reference they are against.
   */
  private static SingleOutputStreamOperator<Assessment> track(
      DataStream<PairedPane> pairs,
      DataStream<BaselineOrder> orders,
      PastBaselines past,
      ReferenceSettings space,
      MonitorConfig config,
      String suffix) {
    String id = space.id();
    SingleOutputStreamOperator<ScoredPane> scored =
        named(
            pairs
                .map(new ScorePanes(config.provider()))
                .returns(CodecType.of(ScoredPaneCodec.INSTANCE)),
            "score" + suffix);
    return named(
        DataStreamUtils.reinterpretAsKeyedStream(
                scored, pane -> TrackSeries.keyOf(pane.pane().series(), config), Types.STRING)
            .connect(
                named(
                        orders.filter(order -> order.series().reference().equals(id)),
                        "orders" + suffix)
                    .keyBy(order -> TrackSeries.keyOf(order.series(), config), Types.STRING))
            .process(new TrackSeries(config, space, past), CodecType.of(AssessmentCodec.INSTANCE)),
        "track" + suffix);
  }

  private static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }

  /**
   * What the job gives.
   *
   * @param scores scores, keyed by series
   * @param alerts changes of verdict, keyed by series
   * @param baselines what became of baselines, keyed by series and baseline
   * @param deadLetters what was turned away
   */
  public record Results(
      DataStream<OutRecord> scores,
      DataStream<OutRecord> alerts,
      DataStream<OutRecord> baselines,
      DataStream<OutRecord> deadLetters) {

    /** Writes all of it; results are few, so one writer each. */
    public void sinkTo(MonitorSinks sinks) {
      scores.sinkTo(sinks.scores()).name("scores").uid("scores").setParallelism(1);
      sinks
          .alerts()
          .ifPresent(sink -> alerts.sinkTo(sink).name("alerts").uid("alerts").setParallelism(1));
      baselines.sinkTo(sinks.baselines()).name("baselines").uid("baselines").setParallelism(1);
      deadLetters
          .sinkTo(sinks.deadLetters())
          .name("dead-letters")
          .uid("dead-letters")
          .setParallelism(1);
    }
  }
}
