package dev.parallax.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.onnx.encoder.EncoderManifest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterMonitorMainTest {

  @TempDir private Path folder;

  private static ParallaxConfig config(String... flags) {
    return ParallaxConfig.load(Optional.empty(), Map.of(), List.of(flags));
  }

  @Test
  void itIsTheJobOfTheSameSettingsAsMonitor() {
    ParallaxConfig config =
        config(
            "monitor.checkpoint-dir=" + folder,
            "reference.kind=attached",
            "reference.id=shadow",
            "monitor.parallelism=3");

    MonitorConfig settings = ClusterMonitorMain.settings(config);

    assertThat(settings).isEqualTo(RoleSettings.monitor(config, folder.resolve("elsewhere")));
    assertThat(settings.checkpointDir()).isEqualTo(folder.toUri().toString());
  }

  @Test
  void withoutASharedFolderForCheckpointsItDoesNotStart() {
    assertThatThrownBy(() -> ClusterMonitorMain.settings(config()))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("monitor.checkpoint-dir: expected a folder that JobManager");
  }

  @Test
  void aReferenceThatIsRefusedStopsItBeforeTheJobStarts() throws Exception {
    String bundled = "/dev/parallax/onnx/encoders/all-minilm-l6-v2-q.json";
    Path manifest;
    try (InputStream in = EncoderManifest.class.getResourceAsStream(bundled)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      manifest =
          Files.writeString(
              folder.resolve("reference.json"),
              json.replaceFirst("(\"sha256\"\\s*:\\s*)\"[0-9a-f]{64}", "$1\"" + "0".repeat(64)));
    }

    assertThatThrownBy(
            () ->
                ClusterMonitorMain.settings(
                    config("monitor.checkpoint-dir=" + folder, "reference.manifest=" + manifest)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("all-minilm-l6-v2-q.onnx refused");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(() -> ClusterMonitorMain.main(new String[] {"--confg", "parallax.yaml"}))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--confg");
  }
}
