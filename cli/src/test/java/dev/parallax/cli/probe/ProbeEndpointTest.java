package dev.parallax.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.probe.EmbeddingServer.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that does not answer as it should. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProbeEndpointTest {

  private static final String SECRET = "sk-very-secret-0123456789";

  @TempDir Path folder;
  private EmbeddingServer server;

  @BeforeEach
  void serve() throws Exception {
    server = new EmbeddingServer(ProbeEndpointTest::letters);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Counts of letters: enough of a model where none of it is looked at. */
  private static float[][] letters(List<String> texts) {
    float[][] vectors = new float[texts.size()][32];
    for (int i = 0; i < vectors.length; i++) {
      for (char c : texts.get(i).toCharArray()) {
        vectors[i][c % 32]++;
      }
    }
    return vectors;
  }

  @Test
  void passingFailuresAreTriedAgain() {
    server.next(
        Fault.status(429).with("Retry-After", "0"),
        Fault.status(500),
        Fault.status(503).with("Retry-After", "Mon, 23 Nov 2020 10:00:00 GMT"));

    CommandRun run = save();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(server.requests()).hasSize(3 + 12);
  }

  @Test
  void theWaitThatTheEndpointAsksForIsKept() {
    server.next(Fault.status(429).with("Retry-After", "2"));
    long start = System.nanoTime();

    assertThat(save().exitCode()).isZero();

    assertThat(System.nanoTime() - start).isGreaterThan(2_000_000_000L);
  }

  @Test
  void aWaitOfHoursIsNotWaited() {
    server.always(Fault.status(429).with("Retry-After", "36000"));

    assertThat(save("--count", "3", "--every", "1s").err())
        .startsWith("cycle 1 failed: " + server.url() + "/embeddings answers with status 429\n")
        .endsWith(
            "parallax probe: 3 of 3 cycles failed, the last one: "
                + server.url()
                + "/embeddings answers with status 429\n");
  }

  @Test
  void aSlowAnswerIsTriedAgainAndTheTriesEnd() {
    server.next(Fault.status(200).after(5_000));

    assertThat(save("--timeout", "1s").exitCode()).isZero();

    server.always(Fault.status(200).after(5_000));
    CommandRun run = check(server.url(), "--timeout", "50ms");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("cycle 1 failed: ")
        .contains("/embeddings does not answer within 50 ms (6 tries)");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "garbage",
        "{}",
        "{\"error\": {\"message\": \"sk-very-secret-0123456789\"}}",
        "{\"data\": []}",
        "{\"data\": [{\"index\": 0, \"embedding\": [1, 2]}]}",
        "{\"data\": [{\"index\": 99999, \"embedding\": [1, 2]}]}",
        "{\"data\": [{\"embedding\": [1, \"a\"]}]}"
      })
  void anAnswerThatHoldsNoEmbeddingsFailsItsCycleAlone(String body) {
    server.next(Fault.body(body));

    CommandRun run = save("--count", "4");

    assertThat(run.err())
        .startsWith("cycle 1 failed: expected the embeddings of the texts, the answer is ")
        .contains("parallax probe: 1 of 4 cycles failed")
        .doesNotContain(SECRET)
        .hasLineCount(2);
    assertThat(run.out()).contains(" cycle 4: ");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"[0;0],zero-norm", "[1e39;1],not-finite", "[1],widths"})
  void vectorsThatAreNoDirectionOrOfAnotherWidthFailTheCycle(String vector, String reason) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      answers.add("{\"embedding\": " + vector.replace(';', ',') + "}");
    }
    server.next(Fault.body("{\"data\": " + answers + "}"));

    CommandRun run = save();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            reason.equals("widths")
                ? "expected embeddings of one width, the answers have 1 and 32"
                : reason);
  }

  @Test
  void theKeyIsSentAndNeverShown() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), SECRET + "\n");

    CommandRun good = save("--key-file", key.toString(), "--verbose");
    server.always(Fault.status(401));
    CommandRun bad = save("--key-file", key.toString(), "--verbose");

    assertThat(server.keys()).hasSize(13).containsOnly("Bearer " + SECRET);
    assertThat(good.out() + good.err() + bad.out() + bad.err()).doesNotContain(SECRET);
    assertThat(bad.err())
        .startsWith("parallax probe: " + server.url() + "/embeddings answers with status 401\n");
    assertThat(bad.exitCode()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNoneIsOneLineWithoutIt() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), SECRET + "\nand more");

    save("--key-file", key.toString())
        .failedWith(
            1,
            "parallax probe: --key-file "
                + key
                + ": expected a key of visible ASCII characters on one line");
    save("--key-file", folder.resolve("gone").toString())
        .failedWith(
            1,
            "parallax probe: --key-file "
                + folder.resolve("gone")
                + ": expected a readable file, no such file");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), SECRET);
    try (EmbeddingServer elsewhere = new EmbeddingServer(ProbeEndpointTest::letters)) {
      server.always(Fault.status(307).with("Location", elsewhere.url() + "/embeddings"));

      save("--key-file", key.toString())
          .failedWith(
              1,
              "parallax probe: "
                  + server.url()
                  + "/embeddings answers with status 307, a redirect, which is not followed");

      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void nobodyThereIsAFailureOfEveryCycle() {
    save();
    String gone = server.url();
    server.close();

    CommandRun run = check(gone);

    assertThat(run.err())
        .contains("cycle 1 failed: " + gone + "/embeddings cannot be reached: ")
        .contains("parallax probe: 1 of 1 cycles failed")
        .hasLineCount(2);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void requestsKeepTheirDistance() {
    long start = System.nanoTime();

    assertThat(save("--rate", "10/s", "--batch", "64").exitCode()).isZero();

    assertThat(server.requests()).hasSize(3);
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
  }

  @Test
  void theModelIsAskedForByItsName() {
    save("--model", "text-embedder");

    assertThat(server.requests())
        .allMatch(request -> request.get("model").asText().equals("text-embedder"));
  }

  @Test
  void mistakesOfTheCommandLineAreOneLine() {
    probe("--endpoint", "ftp://host/v1", "--check", "--baseline", "b")
        .failedWith(
            2,
            "parallax probe: --endpoint ftp://host/v1: expected an address such as"
                + " https://host/v1");
    CommandRun password =
        probe("--endpoint", "https://me:" + SECRET + "@host", "--check", "--baseline", "b");
    password.failedWith(
        2, "parallax probe: --endpoint: expected no user or password; see --key-file");
    probe("--endpoint", "http://host", "--baseline", "b")
        .failedWith(
            2, "parallax probe: --baseline and --save-baseline are of --check: expected --check");
    probe("--endpoint", "http://host", "--check")
        .failedWith(2, "parallax probe: --check: expected either --baseline or --save-baseline");
    probe("--endpoint", "http://host", "--batch", "0", "--check", "--baseline", "b")
        .failedWith(2, "parallax probe: --batch 0: expected 1 to 2048");
    assertThat(probe("--endpoint", "http://host", "--rate", "fast").err())
        .contains("'fast' is not a rate, such as 5/s, 30/m or 100/h")
        .hasLineCount(1);
    probe("--endpoint", "http://host", "--check", "--save-baseline", "b", "--count", "2")
        .failedWith(2, "parallax probe: --count 2: expected 3 or more for a baseline");
    probe("--endpoint", "http://host")
        .failedWith(
            1,
            "parallax probe: ingest.input-key-secret-file is not set: probes are published under"
                + " input keys; --check needs none");
  }

  private static CommandRun probe(String... arguments) {
    List<String> all = new ArrayList<>(List.of("probe"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun check(String endpoint, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--endpoint",
                endpoint,
                "--check",
                "--baseline",
                folder.resolve("baseline").toString()));
    arguments.addAll(List.of(more));
    return probe(arguments.toArray(String[]::new));
  }

  private CommandRun save(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--endpoint",
                server.url(),
                "--check",
                "--save-baseline",
                folder.resolve("baseline").toString()));
    if (!List.of(more).contains("--rate")) {
      arguments.addAll(List.of("--rate", "1000/s"));
    }
    arguments.addAll(List.of(more));
    return probe(arguments.toArray(String[]::new));
  }
}
