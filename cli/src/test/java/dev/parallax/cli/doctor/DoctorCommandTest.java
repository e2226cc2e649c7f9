package dev.parallax.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path folder;

  @Test
  void aMachineThatCanRunTheDemoPassesWithoutAConfiguration() throws IOException {
    CommandRun run = CommandRun.of("doctor", "--json");
    JsonNode report = new ObjectMapper().readTree(run.out());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(report.get("ok").asBoolean()).isTrue();
    assertThat(report.get("checks").findValuesAsText("check"))
        .containsExactly(
            "java",
            "processor",
            "memory",
            "cache",
            "temporary",
            "configuration",
            "secret",
            "provider",
            "reference",
            "brokers");
    assertThat(finding(report, "brokers").get("status").asText()).isEqualTo("skip");
    assertThat(finding(report, "provider").get("detail").asText())
        .matches(
            "cpu( \\(.+\\))?, ONNX Runtime \\d+\\.\\d+\\.\\d+, [a-z0-9-]+,"
                + " threads: statistics 1, encoder 1, deterministic compute on, TF32 off");
    assertThat(finding(report, "reference").get("detail").asText())
        .startsWith("all-minilm-l6-v2")
        .contains("golden vector");
  }

  @Test
  void followsTheWayToAWorkingCluster() throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary()) {
      Path file =
          Files.writeString(
              folder.resolve("parallax.yaml"),
              "kafka.bootstrap-servers: " + kafka.bootstrapServers() + "\n");

      CommandRun before = doctor(file);
      CommandRun.of("topics", "--config", file.toString());
      CommandRun after = doctor(file);

      before.failedWith(1, "parallax doctor: 1 of 12 checks failed");
      assertThat(before.out())
          .contains("fail  topics         missing: parallax.events, parallax.dead-letters")
          .contains("run parallax topics");
      assertThat(after.err()).isEmpty();
      assertThat(after.exitCode()).isZero();
      assertThat(after.out())
          .contains("ok    topics         all there")
          .containsPattern("ok    clock          brokers [+-]\\d{1,3} ms from this machine");
    }
  }

  @Test
  void brokersThatDoNotAnswerAreAFinding() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    CommandRun run = CommandRun.of("doctor", "--set", "kafka.bootstrap-servers=127.0.0.1:" + port);

    run.failedWith(1, "parallax doctor: 1 of 10 checks failed");
    assertThat(run.out()).contains("fail  brokers        no broker answers at 127.0.0.1:" + port);
  }

  @Test
  void aConfigurationThatCannotBeReadIsAFindingToo() throws IOException {
    Path file = Files.writeString(folder.resolve("parallax.yaml"), "monitor.panne: 1m\n");

    CommandRun run = doctor(file);

    run.failedWith(1, "parallax doctor: 1 of 6 checks failed");
    assertThat(run.out()).contains("unknown key monitor.panne: did you mean monitor.pane?");
  }

  @Test
  void aModelOtherThanThePinnedOneIsRefused() throws IOException {
    Path manifest = manifestWithAFlippedByte();

    CommandRun run = CommandRun.of("doctor", "--set", "reference.manifest=" + manifest);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("fail  reference      ")
        .contains("tokenizer.json")
        .contains("restore the files that the manifest pins");
  }

  @Test
  void aReferenceThatDoesNotExistIsNamed() {
    assertThat(CommandRun.of("doctor", "--set", "reference.manifest=builtin:gpt").out())
        .contains("encoder=gpt: expected one of all-minilm-l6-v2");
    assertThat(CommandRun.of("doctor", "--set", "reference.manifest=none.json").out())
        .contains("reference.manifest=none.json: expected a readable manifest, no such file");
  }

  @Test
  void aProviderThatCannotStartIsAFindingAndNotReplaced() {
    CommandRun run = CommandRun.of("doctor", "--set", "provider=cuda");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("fail  provider       provider=cuda:0 cannot start: ")
        .contains("or set provider: cpu");
  }

  @Test
  void aSecretThatEveryUserCanReadIsAWarning() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef");
    String set = "ingest.input-key-secret-file=" + secret;

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(CommandRun.of("doctor", "--set", set).out())
        .contains("warn  secret         " + secret + " can be read by every user");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertThat(CommandRun.of("doctor", "--set", set).out()).contains("ok    secret");
    Files.delete(secret);
    assertThat(CommandRun.of("doctor", "--set", set).out())
        .contains("fail  secret")
        .contains("openssl rand");
  }

  private Path manifestWithAFlippedByte() throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    String resource = "all-minilm-l6-v2-tokenizer.json";
    try (InputStream in = BundledEncoders.class.getClassLoader().getResourceAsStream(resource)) {
      byte[] bytes = in.readAllBytes();
      bytes[bytes.length / 2] ^= 1;
      Files.write(tokenizer, bytes);
    }
    String manifest =
        new String(BundledEncoders.manifest("all-minilm-l6-v2").toJson(), StandardCharsets.UTF_8);
    return Files.writeString(
        folder.resolve("reference.json"),
        manifest.replace("classpath:" + resource, tokenizer.toString()));
  }

  private static CommandRun doctor(Path file) {
    return CommandRun.of("doctor", "--config", file.toString());
  }

  private static JsonNode finding(JsonNode report, String check) {
    for (JsonNode finding : report.get("checks")) {
      if (finding.get("check").asText().equals(check)) {
        return finding;
      }
    }
    throw new AssertionError("no finding on " + check);
  }
}
