package dev.parallax.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax probe --check} against a server of real models. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ProbeCheckTest {

  private static ServedModels models;
  private static EmbeddingServer.Model e5;
  private static EmbeddingServer.Model bge;
  private static EmbeddingServer.Model miniLm;
  private static EmbeddingServer.Model miniLmInBatches;

  @TempDir Path folder;
  private EmbeddingServer server;
  private Path baseline;

  @BeforeAll
  static void load() {
    models = new ServedModels();
    e5 = models.steady(BundledEncoders.E5_QUANTISED);
    bge = models.steady(BundledEncoders.BGE_QUANTISED);
    miniLm = models.steady(BundledEncoders.MINILM);
    miniLmInBatches = models.batched(BundledEncoders.MINILM_QUANTISED);
  }

  @AfterAll
  static void unload() {
    models.close();
  }

  @BeforeEach
  void serve() throws Exception {
    server = new EmbeddingServer(e5);
    baseline = folder.resolve("e5.probes");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSilentSwapIsDivergedWithinOneCycle() {
    assertThat(save().exitCode()).isZero();
    CommandRun before = check();
    server.swap(bge);

    CommandRun after = check();

    assertThat(before.out()).contains(" unchanged: 0 of 64 probes moved, smallest cosine 1.0000");
    assertThat(before.exitCode()).as(before.err()).isZero();
    assertThat(after.out()).contains(" diverged: 64 of 64 probes moved");
    assertThat(after.exitCode()).isEqualTo(1);
  }

  @Test
  void aRotationIsRotatedWithinOneCycle() {
    save();
    server.change(ServedModels::turned);

    CommandRun after = check();

    assertThat(after.out()).contains(" rotated: 64 of 64 probes moved");
    assertThat(after.exitCode()).isEqualTo(1);
  }

  @Test
  void lostNormalisationIsRescaled() {
    save();
    server.change(times(7));

    CommandRun after = check();

    assertThat(after.out())
        .contains(" rescaled: 0 of 64 ")
        .contains("lengths are 7.0000 of before");
    assertThat(after.exitCode()).isEqualTo(1);
  }

  /** The tolerance is measured: such a model answers each batch in another way. */
  @Test
  void theNoiseOfAQuantisedModelInBatchesIsNoChangeAndASwapThroughItIs() {
    server.swap(miniLmInBatches);
    CommandRun saved = save();
    CommandRun healthy = check("--count", "20", "--batch", "12");
    server.change(ServedModels::turned);
    CommandRun turned = check();
    server.change(UnaryOperator.identity());
    server.swap(bge);
    CommandRun swapped = check();

    Matcher noise = Pattern.compile("a mean below (0\\.[0-9]+)").matcher(saved.out());
    assertThat(noise.find()).as(saved.out()).isTrue();
    assertThat(Double.parseDouble(noise.group(1))).isBetween(0.9, 0.9999);
    assertThat(healthy.out().lines()).hasSize(20).allMatch(line -> line.contains(" unchanged: "));
    assertThat(healthy.exitCode()).isZero();
    assertThat(turned.out()).contains(" rotated: ");
    assertThat(swapped.out()).contains(" diverged: ");
  }

  @Test
  void anotherArithmeticOfTheSameModelIsDivergedAndNotRotated() {
    server.swap(miniLm);
    save();
    server.swap(miniLmInBatches);

    CommandRun quantised = check();

    assertThat(quantised.out()).contains(" diverged: ").containsPattern("mean 0\\.99");
  }

  @Test
  void everyCycleSendsEveryTextOnceInAnOrderOfItsOwn() {
    save("--encoding", "base64", "--batch", "20");

    List<List<String>> cycles = new ArrayList<>();
    for (int cycle = 0; cycle < 3; cycle++) {
      List<String> texts = new ArrayList<>();
      for (int request = 0; request < 4; request++) {
        server
            .requests()
            .get(4 * cycle + request)
            .get("input")
            .forEach(text -> texts.add(text.asText()));
      }
      cycles.add(texts);
    }
    assertThat(server.requests()).hasSize(12);
    assertThat(cycles.get(0)).hasSize(64).doesNotHaveDuplicates();
    assertThat(cycles.get(1)).isNotEqualTo(cycles.get(0)).hasSameElementsAs(cycles.get(0));
    assertThat(cycles.get(2)).isNotEqualTo(cycles.get(1)).hasSameElementsAs(cycles.get(0));
    assertThat(check().out()).contains(" unchanged: ");
  }

  @Test
  void aBaselineOfAnotherSetOrNoneAtAllIsOneLine() throws Exception {
    save();
    Path texts = folder.resolve("texts");
    Files.write(texts, List.of("a", "b", "c", "d", "e", "f", "g", "h"));

    check("--set", texts.toString())
        .failedWith(
            1,
            "parallax probe: --baseline "
                + baseline
                + ": it is of another probe set than --set; make it anew");
    Files.writeString(baseline, "no baseline");
    check()
        .failedWith(
            1,
            "parallax probe: --baseline "
                + baseline
                + ": probe baseline: expected version 1, got 110");
    Files.delete(baseline);
    check().failedWith(1, "parallax probe: --baseline " + baseline + ": no such file");
  }

  private static UnaryOperator<float[]> times(float factor) {
    return vector -> {
      float[] scaled = vector.clone();
      for (int j = 0; j < scaled.length; j++) {
        scaled[j] *= factor;
      }
      return scaled;
    };
  }

  private CommandRun save(String... more) {
    return run("--save-baseline", more);
  }

  private CommandRun check(String... more) {
    return run("--baseline", more);
  }

  private CommandRun run(String mode, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--endpoint",
                server.url(),
                "--check",
                mode,
                baseline.toString(),
                "--rate",
                "1000/s"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
