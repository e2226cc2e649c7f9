package dev.parallax.benchmarks.detection;

import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesTracker;
import dev.parallax.core.drift.TrackerSettings;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.PaneLength;
import dev.parallax.onnx.graph.OnnxTranslationKernel;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneScore;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.runtime.SessionSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The product's own scoring and tracking of panes, without the stream around it. One thread. */
final class Tracking implements AutoCloseable {

  /** Panes that a baseline is fitted on, and as many again that it is measured on. */
  static final int FIT_PANES = 100;

  static final int HOLD_OUT_PANES = 100;

  /** Place of the first pane that is tested. */
  static final int FIRST_TESTED = FIT_PANES + HOLD_OUT_PANES;

  static final PaneLength PANE = new PaneLength(Duration.ofMillis(StudyPane.MILLIS));
  static final Duration SILENT_AFTER = Duration.ofMinutes(10);

  private static final int WINDOW_PANES = 15;
  private static final int MIN_PAIRS = 256;
  private static final int STRATA = 16;
  private static final double RIDGE = 0.01;
  private static final double MARGIN = 0.05;
  private static final double FLOOR = 0.001;

  private static final Provenance PROVENANCE =
      new Provenance("study", "", "", "", "cpu", "", "", 0);

  private final PaneHsicGraph graph = PaneHsicGraph.open(SessionSettings.CPU);
  private final OnnxTranslationKernel kernel = OnnxTranslationKernel.open(SessionSettings.CPU);
  private final PaneSums sums = new PaneSums();
  private final SeriesTracker tracker;

  /** Tracking whose alarms are raised at evidence {@code panesBetweenFalsePages}. */
  Tracking(double panesBetweenFalsePages) {
    tracker =
        new SeriesTracker(
            new TrackerSettings(
                PANE,
                WINDOW_PANES,
                MIN_PAIRS,
                FIT_PANES,
                HOLD_OUT_PANES,
                STRATA,
                RIDGE,
                MARGIN,
                FLOOR,
                panesBetweenFalsePages,
                SILENT_AFTER,
                7,
                ArmingRule.OF_ANY_LENGTH),
            kernel,
            PROVENANCE);
  }

  /** One more pane of a series. */
  SeriesTracker.Step next(@Nullable SeriesState state, PairedPane pane) {
    return tracker.next(state, pane, moments(pane));
  }

  /** CKA of a pane; empty where it cannot be stated. */
  OptionalDouble cka(PairedPane pane) {
    return moments(pane).estimate() instanceof Estimate.Stated stated
        ? OptionalDouble.of(stated.cka())
        : OptionalDouble.empty();
  }

  private MiniBatchMoments moments(PairedPane pane) {
    if (graph.score(pane.live(), pane.reference(), sums) instanceof PaneScore.NotFinite) {
      throw new IllegalStateException("the study has only finite vectors");
    }
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int i = 0; i < sums.batches(); i++) {
      moments = moments.plus(sums.triple(i));
    }
    return moments;
  }

  /** A series whose baseline has just been armed. */
  SeriesState armed(Population fit, Population holdOut, long seed) {
    Random random = new Random(seed);
    SeriesState state = null;
    for (int i = 0; i < FIRST_TESTED; i++) {
      Population from = i < FIT_PANES ? fit : holdOut;
      state = next(state, from.pane(0, i, random)).state();
    }
    return Objects.requireNonNull(state);
  }

  @Override
  public void close() {
    graph.close();
    kernel.close();
  }
}
