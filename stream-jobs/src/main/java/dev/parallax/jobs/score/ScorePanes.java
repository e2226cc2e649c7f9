package dev.parallax.jobs.score;

import static dev.parallax.jobs.metrics.FlinkMetrics.SCORE_BATCH;

import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.PairedPane;
import dev.parallax.jobs.metrics.BatchSeconds;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneScore;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Computes the CKA sums of a pane: debiased HSIC of its batches of 64 rows in hash order, by ONNX
 * Runtime.
 */
public final class ScorePanes extends RichMapFunction<PairedPane, ScoredPane> {

  private static final long serialVersionUID = 1L;

  /** Of a pane with a NaN or infinite entry: no estimate can be read from it. */
  private static final MiniBatchMoments UNDEFINED =
      MiniBatchMoments.none().plus(new HsicTriple(Double.NaN, Double.NaN, Double.NaN));

  private final String provider;

  private transient PaneHsicGraph graph;
  private transient PaneSums sums;
  private transient BatchSeconds times;

  /** An operator whose graph runs on {@code provider}. */
  public ScorePanes(String provider) {
    this.provider = provider;
  }

  @Override
  public void open(OpenContext context) {
    graph = PaneHsicGraph.open(SessionSettings.on(ExecutionProvider.parse(provider)));
    sums = new PaneSums();
    times = getRuntimeContext().getMetricGroup().histogram(SCORE_BATCH, new BatchSeconds());
  }

  @Override
  public void close() {
    if (graph != null) {
      graph.close();
    }
  }

  @Override
  public ScoredPane map(PairedPane pane) {
    long start = System.nanoTime();
    ScoredPane scored = new ScoredPane(pane, moments(pane));
    times.since(start);
    return scored;
  }

  private MiniBatchMoments moments(PairedPane pane) {
    if (pane.pairs() < PaneHsicGraph.BATCH) {
      return MiniBatchMoments.none();
    }
    if (graph.score(pane.live(), pane.reference(), sums) instanceof PaneScore.NotFinite) {
      return UNDEFINED;
    }
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int i = 0; i < sums.batches(); i++) {
      moments = moments.plus(sums.triple(i));
    }
    return moments;
  }
}
