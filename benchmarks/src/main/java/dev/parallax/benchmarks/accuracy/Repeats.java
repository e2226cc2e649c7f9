package dev.parallax.benchmarks.accuracy;

import java.util.ArrayList;
import java.util.List;

/** Readings of one figure over repeats. */
final class Repeats {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  int count() {
    return values.size();
  }

  double mean() {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** Standard deviation of one reading; 0 of a single one. */
  double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }

  double least() {
    return values.stream().mapToDouble(v -> v).min().orElseThrow();
  }

  double most() {
    return values.stream().mapToDouble(v -> v).max().orElseThrow();
  }
}
