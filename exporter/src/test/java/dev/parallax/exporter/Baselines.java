package dev.parallax.exporter;

import dev.parallax.core.drift.AaReport;
import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.Arming;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.window.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Records of the baselines topic for tests. */
public final class Baselines {

  private Baselines() {}

  /** A baseline that is tested against from {@code from} on. */
  public static BaselineRecord armed(Series series, String id, long from) {
    return record(series, id, BaselineRecord.State.ARMED, OptionalLong.of(from));
  }

  /** A baseline of which something else has become. */
  public static BaselineRecord of(Series series, String id, BaselineRecord.State state) {
    return record(series, id, state, OptionalLong.of(1));
  }

  private static BaselineRecord record(
      Series series, String id, BaselineRecord.State state, OptionalLong armedFrom) {
    AaReport report =
        new AaReport(
            id,
            30,
            30,
            0,
            0.5,
            4,
            0,
            0.1,
            30,
            OptionalDouble.empty(),
            1,
            0.5,
            1000,
            10,
            1,
            true,
            List.of(),
            List.of());
    Optional<Arming> arming =
        armedFrom.isPresent()
            ? Optional.of(
                new Arming(
                    new Approval(Approval.AUTOMATIC, 1, Optional.empty()), armedFrom.getAsLong()))
            : Optional.empty();
    return new BaselineRecord(
        series, state, Optional.empty(), report, arming, OptionalLong.empty());
  }
}
