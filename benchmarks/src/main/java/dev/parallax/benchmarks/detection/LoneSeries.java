package dev.parallax.benchmarks.detection;

import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.fleet.Fleet;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.core.fleet.FleetState;
import dev.parallax.core.window.PairedPane;

/** A series that is alone in its fleet, from its armed baseline on. */
final class LoneSeries {

  private final Tracking tracking;
  private final Fleet fleet =
      new Fleet(FleetSettings.DEFAULT, Tracking.PANE, Tracking.SILENT_AFTER);
  private FleetState fleetState = FleetState.EMPTY;
  private SeriesState state;

  LoneSeries(Tracking tracking, SeriesState armed) {
    this.tracking = tracking;
    this.state = armed;
  }

  /** What is published of the next pane. */
  Score next(PairedPane pane) {
    var step = tracking.next(state, pane);
    state = step.state();
    Fleet.Ruling ruling =
        fleet.next(fleetState, pane.start() + StudyPane.MILLIS, step.assessments());
    fleetState = ruling.state();
    return ruling.outcomes().get(0).score();
  }
}
