package dev.parallax.jobs.metrics;

import java.util.List;
import org.apache.flink.metrics.HistogramStatistics;

/** What can be said of buckets, in milliseconds: the mean exactly, the rest to their bounds. */
final class BucketStatistics extends HistogramStatistics {

  private static final double MILLIS = 1000;

  private final BatchSeconds.Snapshot buckets;

  BucketStatistics(BatchSeconds.Snapshot buckets) {
    this.buckets = buckets;
  }

  /** Upper bound of the bucket with the quantile; beyond the last bound, that bound. */
  @Override
  public double getQuantile(double quantile) {
    long below = 0;
    long wanted = (long) Math.ceil(quantile * buckets.count());
    List<Double> bounds = buckets.boundsSeconds();
    for (int i = 0; i < bounds.size(); i++) {
      below += buckets.counts().get(i);
      if (below >= wanted) {
        return buckets.count() == 0 ? 0 : MILLIS * bounds.get(i);
      }
    }
    return MILLIS * bounds.get(bounds.size() - 1);
  }

  /** The values themselves are not kept. */
  @Override
  public long[] getValues() {
    return new long[0];
  }

  @Override
  public int size() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, buckets.count()));
  }

  @Override
  public double getMean() {
    return buckets.count() == 0 ? 0 : MILLIS * buckets.sumSeconds() / buckets.count();
  }

  /** Buckets do not tell it. */
  @Override
  public double getStdDev() {
    return 0;
  }

  @Override
  public long getMax() {
    return (long) getQuantile(1);
  }

  @Override
  public long getMin() {
    return (long) getQuantile(0);
  }
}
