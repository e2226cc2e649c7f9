package dev.parallax.jobs.source;

import dev.parallax.core.drift.BaselineRecord;
import java.io.Serializable;
import java.util.function.Consumer;

/** Where a job that starts without state finds what was written of baselines before. */
@FunctionalInterface
public interface PastBaselines extends Serializable {

  /** Nothing was written. */
  PastBaselines NONE = records -> {};

  /** Gives every record, of a baseline the newest last. */
  void read(Consumer<BaselineRecord> records);
}
