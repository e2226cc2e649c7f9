package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;

/** The sample of a pane while it fills, with its late events. Not thread-safe. */
final class PaneDraft {

  private final Series series;
  private final BottomSample<byte[]> sample;
  private long late;

  PaneDraft(Series series, int capacity) {
    this.series = series;
    sample = new BottomSample<>(capacity);
  }

  Series series() {
    return series;
  }

  BottomSample<byte[]> sample() {
    return sample;
  }

  long late() {
    return late;
  }

  void addLate(long events) {
    late += events;
  }

  /** Adds a piece of another sample of the same pane. */
  void add(SamplePart part) {
    if (part instanceof SamplePart.Input input) {
      sample.addCounts(1 + input.kept().repeats(), 0);
      sample.addKept(input.kept());
    } else if (part instanceof SamplePart.Counts counts) {
      sample.addCounts(counts.sampledOut(), counts.sampledOut());
      late += counts.late();
    }
  }

  /** Counts the events of a piece of an earlier pane, which came too late. */
  void addLate(SamplePart part) {
    if (part instanceof SamplePart.Input input) {
      late += 1 + input.kept().repeats();
    } else if (part instanceof SamplePart.Counts counts) {
      late += counts.sampledOut() + counts.late();
    }
  }

  EventCounts counts() {
    return new EventCounts(
        sample.events() + late, sample.sampledOut(), sample.duplicates(), late, 0, 0);
  }

  PaneDraft copy() {
    PaneDraft copy = new PaneDraft(series, sample.capacity());
    copy.sample.addCounts(sample.events(), sample.sampledOut());
    sample.inHashOrder().forEach(copy.sample::addKept);
    copy.late = late;
    return copy;
  }
}
