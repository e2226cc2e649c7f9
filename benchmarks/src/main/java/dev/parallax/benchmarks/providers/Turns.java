package dev.parallax.benchmarks.providers;

import dev.parallax.benchmarks.providers.Workload.Prepared;
import java.util.Arrays;
import java.util.List;

/** Times several things in turns, so that a machine whose speed drifts moves all of them. */
final class Turns {

  private static final double NANOS = 1e9;

  private final int rounds;
  private final double secondsEach;

  /**
   * A way of taking turns.
   *
   * @param rounds that count, after one to warm up
   * @param secondsEach how long a thing is called in its turn, at least once
   */
  Turns(int rounds, double secondsEach) {
    this.rounds = rounds;
    this.secondsEach = secondsEach;
  }

  /** Items a second of each, as medians over the rounds. */
  double[] itemsPerSecond(List<Prepared> things) {
    double[][] rates = new double[things.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < rates.length; i++) {
        double rate = rate(things.get(i));
        if (round >= 0) {
          rates[i][round] = rate;
        }
      }
    }
    return Arrays.stream(rates).mapToDouble(Turns::median).toArray();
  }

  private double rate(Prepared thing) {
    long items = 0;
    long start = System.nanoTime();
    double seconds;
    do {
      thing.call();
      items += thing.items();
      seconds = (System.nanoTime() - start) / NANOS;
    } while (seconds < secondsEach);
    return items / seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
