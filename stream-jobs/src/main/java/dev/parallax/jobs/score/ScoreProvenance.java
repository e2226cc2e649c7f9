package dev.parallax.jobs.score;

import dev.parallax.core.drift.Provenance;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.onnx.graph.GraphSet;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.SessionSettings;

/** What a score of this job was computed with. */
final class ScoreProvenance {

  private ScoreProvenance() {}

  /**
   * Provenance of scores.
   *
   * @param reference the reference space that they are against
   */
  static Provenance of(MonitorConfig config, ReferenceSettings reference, SessionSettings session) {
    OnnxProvenance onnx = OnnxProvenance.of(session);
    return new Provenance(
        version(),
        config.digest(),
        reference.digest(),
        GraphSet.digest(),
        onnx.provider(),
        onnx.ort(),
        onnx.isa(),
        config.seed());
  }

  private static String version() {
    String version = ScoreProvenance.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
