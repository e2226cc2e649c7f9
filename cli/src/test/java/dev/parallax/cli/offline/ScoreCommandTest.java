package dev.parallax.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.core.npy.NpyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {

  @TempDir Path folder;

  @Test
  void aMatrixAgainstItselfIsAlignedInEveryFigure() throws IOException {
    Path x = npy("x", gaussian(600, 16, 1));

    CommandRun run = score(x, x, "--format", "json");
    JsonNode report = new ObjectMapper().readTree(run.out());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(report.get("pairs").asInt()).isEqualTo(600);
    assertThat(report.get("widthProduction").asInt()).isEqualTo(16);
    for (String figure :
        new String[] {
          "/cka/biased",
          "/cka/debiased",
          "/cka/minibatch",
          "/cka/low",
          "/cka/high",
          "/rbfCka/biased",
          "/rbfCka/debiased",
          "/mutualKnn/raw",
          "/mutualKnn/adjusted",
          "/svcca",
          "/procrustes/similarity",
          "/subspace/overlap"
        }) {
      assertThat(report.at(figure).asDouble()).as(figure).isCloseTo(1, within(1e-10));
    }
    assertThat(report.get("subspace").get("anglesRadians")).hasSize(8);
    assertThat(report.get("reasons")).isEmpty();
  }

  @Test
  void theJsonHasTheFieldsOfTheContractInTheirOrder() throws IOException {
    Path x = npy("x", gaussian(600, 16, 1));

    JsonNode report = new ObjectMapper().readTree(score(x, x, "--format", "json").out());

    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly(
            "pairs",
            "widthProduction",
            "widthReference",
            "cka",
            "rbfCka",
            "mutualKnn",
            "cycleKnn",
            "lcsKnn",
            "cknna",
            "svcca",
            "procrustes",
            "subspace",
            "effectiveRank",
            "participationRatio",
            "mmd2",
            "frechet",
            "reasons");
    assertThat(report.get("effectiveRank").fieldNames())
        .toIterable()
        .containsExactly("production", "reference");
    assertThat(report.get("procrustes").fieldNames())
        .toIterable()
        .containsExactly("similarity", "angular");
  }

  @Test
  void theTableHoldsWhatTheJsonHolds() throws IOException {
    CommandRun run = score(npy("x", gaussian(600, 16, 1)), npy("y", gaussian(600, 16, 2)));

    assertThat(run.out())
        .startsWith("600 pairs, production width 16, reference width 16")
        .containsPattern("linear CKA, biased +0\\.0\\d{5}\\R")
        .containsPattern(
            "linear CKA, mini-batch +-?0\\.0\\d{5}  95% interval -?0\\.\\d{6} to 0\\.\\d{6}")
        .doesNotContain("interval low")
        .containsPattern("mutual k-NN, adjusted +-?0\\.0\\d{5}\\R")
        .containsPattern("subspace angles, degrees( +\\d+\\.\\d){8}\\R");
  }

  @Test
  void askedForOneMetricItIsSilentAboutTheOthers() throws IOException {
    Path x = npy("x", gaussian(20, 4, 1));

    JsonNode report =
        new ObjectMapper()
            .readTree(score(x, x, "--format", "json", "--metrics", "svcca,mutualKnn").out());

    assertThat(report.has("mutualKnn")).isTrue();
    assertThat(report.has("cka")).isFalse();
    assertThat(report.get("reasons").findValuesAsText("key")).containsExactly("svcca");
  }

  @Test
  void filesAboveTheMemoryLimitAreStreamedAndSayWhatThatLeavesOut() throws IOException {
    Path x = npy("x", gaussian(6_000, 16, 1));
    Path y = npy("y", gaussian(6_000, 16, 2));

    JsonNode streamed =
        new ObjectMapper().readTree(score(x, y, "--format", "json", "--max-memory", "1").out());
    JsonNode whole =
        new ObjectMapper()
            .readTree(score(x, y, "--format", "json", "--metrics", "cka,frechet").out());

    assertThat(streamed.get("pairs").asInt()).isEqualTo(6_000);
    for (String figure :
        new String[] {"/cka/biased", "/cka/debiased", "/cka/minibatch", "/cka/low", "/frechet"}) {
      assertThat(streamed.at(figure).asDouble())
          .as(figure)
          .isCloseTo(whole.at(figure).asDouble(), within(1e-9));
    }
    assertThat(streamed.get("reasons").findValuesAsText("key"))
        .contains("rbfCka", "mutualKnn", "cknna", "mmd2");
  }

  @Test
  void aFigureThatNeedsMorePairsIsLeftOutWithItsReason() throws IOException {
    Path x = npy("x", gaussian(100, 8, 1));

    JsonNode report = new ObjectMapper().readTree(score(x, x, "--format", "json").out());
    CommandRun table = score(x, x);

    assertThat(report.get("cka").has("biased")).isTrue();
    assertThat(report.get("cka").has("minibatch")).isFalse();
    assertThat(report.get("reasons").findValuesAsText("key"))
        .contains("cka.minibatch", "cka.low", "cka.high");
    assertThat(table.exitCode()).isZero();
    assertThat(table.out())
        .contains("no cka.minibatch, cka.low, cka.high: expected 512 or more pairs, got 100");
  }

  @Test
  void normalisingRemovesWhatOnlyTheNormsCarry() throws IOException {
    float[][] rows = gaussian(100, 8, 1);
    float[][] stretched = Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    for (int j = 0; j < 8; j++) {
      stretched[0][j] *= 1_000;
    }
    Path x = npy("x", rows);
    Path y = npy("y", stretched);

    assertThat(biased(score(x, y, "--format", "json"))).isLessThan(0.5);
    assertThat(biased(score(x, y, "--format", "json", "--normalize", "l2")))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void whereNothingCanBeStatedThereIsAReasonAndNoFigure() throws IOException {
    Path one = npy("one", gaussian(1, 8, 1));
    Path constant = npy("constant", new float[10][8]);
    Path varied = npy("varied", gaussian(10, 8, 1));

    CommandRun few = score(one, one, "--format", "json", "--metrics", "cycleKnn");
    CommandRun flat = score(varied, constant, "--metrics", "cka");

    few.failedWith(
        1, "parallax score: nothing can be stated: cycleKnn: expected 2 or more pairs, got 1");
    assertThat(new ObjectMapper().readTree(few.out()).has("cycleKnn")).isFalse();
    assertThat(flat.exitCode()).isEqualTo(1);
    assertThat(flat.err())
        .startsWith("parallax score: nothing can be stated: cka: ")
        .hasLineCount(1);
    assertThat(flat.out()).contains("no cka: ").doesNotContain("biased");
  }

  @Test
  void aFileThatIsNoSuchMatrixIsOneLine() throws IOException {
    Path good = npy("good", gaussian(10, 8, 1));
    Path truncated = folder.resolve("truncated.npy");
    byte[] bytes = Files.readAllBytes(good);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length - 4));
    Path fortran = folder.resolve("fortran.npy");
    Files.write(
        fortran,
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("'fortran_order': False", "'fortran_order': True ")
            .getBytes(StandardCharsets.ISO_8859_1));
    Path text = Files.writeString(folder.resolve("text.npy"), "hello");
    Path missing = folder.resolve("missing.npy");
    Path shorter = npy("shorter", gaussian(9, 8, 1));

    for (Path wrong : Stream.of(truncated, fortran, text, missing, folder).toList()) {
      CommandRun run = score(good, wrong);
      assertThat(run.exitCode()).as(wrong.toString()).isEqualTo(1);
      assertThat(run.err()).startsWith("parallax score: " + wrong + ": ").hasLineCount(1);
      assertThat(run.out()).isEmpty();
    }
    assertThat(score(good, truncated).err()).contains("truncated");
    assertThat(score(good, fortran).err()).containsIgnoringCase("fortran");
    assertThat(score(missing, good).err()).contains("no such file");
    score(good, shorter)
        .failedWith(
            1,
            "parallax score: %s has 10 rows and %s has 9: expected one row per input in both"
                .formatted(good, shorter));
  }

  @Test
  void anUnknownChoiceIsAMistakeOfTheCommandLine() throws IOException {
    Path x = npy("x", gaussian(10, 8, 1));

    for (String option : new String[] {"--format", "--normalize", "--metrics"}) {
      CommandRun run = score(x, x, option, "purple");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("parallax score: invalid value for option '" + option + "'")
          .contains("purple")
          .hasLineCount(1);
    }
  }

  private static double biased(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out()).get("cka").get("biased").asDouble();
  }

  private static CommandRun score(Path production, Path reference, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "score",
                    "--production",
                    production.toString(),
                    "--reference",
                    reference.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Path npy(String name, float[][] rows) throws IOException {
    Path file = folder.resolve(name + ".npy");
    NpyFile.write(file, rows);
    return file;
  }

  private static float[][] gaussian(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
