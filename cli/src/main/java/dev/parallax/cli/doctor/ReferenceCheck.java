package dev.parallax.cli.doctor;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.config.ReferenceSection;
import dev.parallax.cli.role.RoleSettings;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.GoldenVector;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.runtime.DeviceName;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.ProviderUnavailableException;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Examines the reference: its digests, its golden vector and where it computes. */
final class ReferenceCheck {

  private static final String REFERENCE = "reference";
  private static final String PROVIDER = "provider";

  private ReferenceCheck() {}

  static List<Finding> run(ParallaxConfig config) {
    try {
      SessionSettings session = SessionSettings.on(ExecutionProvider.parse(config.provider()));
      PaneHsicGraph.open(session).close();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok(PROVIDER, provider(config, session)));
      config.references().forEach(section -> findings.add(reference(section, config)));
      return findings;
    } catch (ProviderUnavailableException e) {
      return List.of(
          Finding.fail(PROVIDER, e.getMessage(), "make it available, or set provider: cpu"));
    } catch (OnnxFailure | LinkageError e) {
      return List.of(
          Finding.fail(
              PROVIDER,
              "ONNX Runtime cannot start: " + e.getMessage(),
              "it needs glibc 2.28 or newer on x86-64 or arm64, and a cache folder that may hold"
                  + " programs (not mounted noexec)"));
    }
  }

  private static String provider(ParallaxConfig config, SessionSettings statistics) {
    ExecutionProvider provider = statistics.provider();
    OnnxProvenance provenance = OnnxProvenance.of(statistics);
    return provenance.provider()
        + DeviceName.of(provider).map(name -> " (" + name + ")").orElse("")
        + ", ONNX Runtime "
        + provenance.ort()
        + ", "
        + provenance.isa()
        + ", threads: statistics "
        + provenance.threads()
        + (config.reference().kind() == ReferenceSection.Kind.ENCODER
            ? ", encoder " + config.reference().threads()
            : "")
        + ", deterministic compute on, TF32 "
        + (provider.tf32() ? "on" : "off");
  }

  private static Finding reference(ReferenceSection section, ParallaxConfig config) {
    if (section.kind() == ReferenceSection.Kind.ATTACHED) {
      return Finding.ok(REFERENCE, "attached to the events as " + section.id().orElse(""));
    }
    SessionSettings session =
        new SessionSettings(ExecutionProvider.parse(config.provider()), section.threads());
    try {
      EncoderManifest manifest = RoleSettings.manifest(section.encoder());
      try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, session)) {
        return Finding.ok(
            REFERENCE,
            manifest.id()
                + " "
                + manifest.version()
                + ", "
                + manifest.dimension()
                + " dimensions, files as pinned, "
                + encoder.goldenMatch().map(ReferenceCheck::golden).orElse("no golden vector"));
      }
    } catch (ModelRefusedException | CliException e) {
      return Finding.fail(
          REFERENCE,
          String.valueOf(e.getMessage()),
          "restore the files that the manifest pins, or point reference.manifest to another");
    }
  }

  private static String golden(GoldenVector.Match match) {
    return match.sameBits()
        ? "golden vector equal to the last bit"
        : String.format(Locale.ROOT, "golden vector at cosine %.6f", match.cosine());
  }
}
