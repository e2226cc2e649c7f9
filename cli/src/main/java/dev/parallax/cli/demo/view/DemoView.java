package dev.parallax.cli.demo.view;

import dev.parallax.cli.demo.models.EmbeddingPlan.Progress;
import java.time.Duration;
import java.util.List;

/**
 * Everything that the demo shows while it runs.
 *
 * @param position event time since the start of the traffic
 * @param length event time that the traffic takes in all
 * @param pane pane that is being published, counted from 1
 * @param panes panes in all
 * @param speed event time over wall time
 * @param models the models
 * @param events what became of the records so far
 * @param embeddings how many vectors of the traffic are there
 * @param statusPage where to look
 */
public record DemoView(
    Duration position,
    Duration length,
    int pane,
    int panes,
    double speed,
    List<ModelView> models,
    EventTotals events,
    Progress embeddings,
    String statusPage) {

  /** Copies the models. */
  public DemoView {
    models = List.copyOf(models);
  }
}
