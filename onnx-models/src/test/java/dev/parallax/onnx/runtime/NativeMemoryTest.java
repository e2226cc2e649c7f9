package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.graph.OnnxTranslationKernel;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneSums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory outside the heap, which no collector sees: a process whose heap is fixed and touched from
 * the start may not grow by more than a twentieth, however often it scores, opens and closes.
 *
 * <p>A tensor that is not closed is some 300 bytes, a session some 400 kB.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class NativeMemoryTest {

  private static final double GROWTH = 0.05;

  @Test
  void scoringAgainAndAgainLeavesResidentMemoryFlat(@TempDir Path folder) throws Exception {
    assertFlat(Scoring.class, folder);
  }

  @Test
  void openingAndClosingSessionsLeavesResidentMemoryFlat(@TempDir Path folder) throws Exception {
    assertFlat(Opening.class, folder);
  }

  @Test
  void aBatchOfASizeThatDoesNotComeAgainGivesItsMemoryBack(@TempDir Path folder) throws Exception {
    assertFlat(Once.class, folder);
  }

  private static void assertFlat(Class<?> main, Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms48m",
                "-Xmx48m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                // The second compiler takes memory of its own whenever it wakes.
                "-XX:TieredStopAtLevel=1",
                main.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(printed).matches("[0-9]+ [0-9]+\n");
    String[] kilobytes = printed.strip().split(" ");
    double warm = Double.parseDouble(kilobytes[0]);
    double end = Double.parseDouble(kilobytes[1]);
    System.out.printf("%s: %s kB%n", main.getSimpleName(), printed.strip());
    assertThat(end / warm).as("of %s kB", printed.strip()).isBetween(1 - GROWTH, 1 + GROWTH);
  }

  /** 200,000 panes of a batch, of two shapes, and every fourth time the other graphs. */
  public static final class Scoring {

    private static final int WARM_UP = 20_000;
    private static final int CALLS = 200_000;

    private Scoring() {}

    public static void main(String[] args) throws IOException {
      float[][] x = rows(PaneHsicGraph.BATCH, 2, 1);
      float[][] wide = rows(PaneHsicGraph.BATCH, 3, 2);
      PaneSums sums = new PaneSums();
      try (PaneHsicGraph graph = PaneHsicGraph.open(SessionSettings.CPU);
          OnnxTranslationKernel kernel = OnnxTranslationKernel.open(SessionSettings.CPU)) {
        TranslationSums fitted = new TranslationSums(x[0], wide[0]);
        kernel.addTo(fitted, x, wide);
        Translation translation = fitted.fit(1e-3);
        Strata strata = Strata.fit(wide, 2, 3);
        long warm = 0;
        for (int call = 0; call < WARM_UP + CALLS; call++) {
          if (call == WARM_UP) {
            warm = residentKilobytes();
          }
          boolean other = call % 4 == 0;
          graph.score(other ? wide : x, x, sums);
          if (call % 4 == 1) {
            kernel.addTo(new TranslationSums(x[0], wide[0]), x, wide);
            kernel.residuals(translation, strata, x, wide);
          }
        }
        System.out.println(warm + " " + residentKilobytes());
      }
    }
  }

  /** 2,000 times a session is opened, used once and closed. */
  public static final class Opening {

    private static final int WARM_UP = 500;
    private static final int CYCLES = 2_000;

    private Opening() {}

    public static void main(String[] args) throws IOException {
      float[][] x = rows(PaneHsicGraph.BATCH, 2, 1);
      PaneSums sums = new PaneSums();
      long warm = 0;
      for (int cycle = 0; cycle < WARM_UP + CYCLES; cycle++) {
        if (cycle == WARM_UP) {
          warm = residentKilobytes();
        }
        try (PaneHsicGraph graph = PaneHsicGraph.open(SessionSettings.CPU)) {
          graph.score(x, x, sums);
        }
      }
      System.out.println(warm + " " + residentKilobytes());
    }
  }

  /** One batch of 2,048 pairs, whose kernels take over 100 MB, in a session that stays open. */
  public static final class Once {

    private Once() {}

    public static void main(String[] args) throws IOException {
      float[][] x = rows(2_048, 2, 1);
      float[][] small = rows(16, 2, 2);
      PaneSums sums = new PaneSums();
      try (PaneHsicGraph graph = PaneHsicGraph.open(SessionSettings.CPU)) {
        for (int call = 0; call < 1_000; call++) {
          graph.score(small, small, 16, sums);
        }
        long warm = residentKilobytes();
        graph.score(x, x, x.length, sums);
        System.out.println(warm + " " + residentKilobytes());
      }
    }
  }

  private static float[][] rows(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
