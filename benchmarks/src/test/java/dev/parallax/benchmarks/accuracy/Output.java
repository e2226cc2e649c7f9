package dev.parallax.benchmarks.accuracy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A report that is kept in memory. */
final class Output {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StudyReport report =
      new StudyReport(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  StudyReport report() {
    return report;
  }

  String lines() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
