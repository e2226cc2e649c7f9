package dev.parallax.jobs.score;

import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.PairedPane;
import dev.parallax.onnx.graph.PaneHsicGraph;
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

  private final String provider;

  private transient PaneHsicGraph graph;

  /** An operator whose graph runs on {@code provider}. */
  public ScorePanes(String provider) {
    this.provider = provider;
  }

  @Override
  public void open(OpenContext context) {
    graph = PaneHsicGraph.open(SessionSettings.on(ExecutionProvider.parse(provider)));
  }

  @Override
  public void close() {
    if (graph != null) {
      graph.close();
    }
  }

  @Override
  public ScoredPane map(PairedPane pane) {
    MiniBatchMoments moments = MiniBatchMoments.none();
    if (pane.pairs() >= PaneHsicGraph.BATCH) {
      for (HsicTriple triple : graph.score(pane.live(), pane.reference())) {
        moments = moments.plus(triple);
      }
    }
    return new ScoredPane(pane, moments);
  }
}
