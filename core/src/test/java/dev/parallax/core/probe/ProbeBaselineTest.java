package dev.parallax.core.probe;

import static dev.parallax.core.probe.ProbeVectors.cone;
import static dev.parallax.core.probe.ProbeVectors.cycle;
import static dev.parallax.core.probe.ProbeVectors.disturbed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.InputKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeBaselineTest {

  private static final double[][] HEALTHY = cone(12, 16, 0.5, 1);

  private static ProbeBaseline noisy(double distance) {
    return ProbeBaseline.of(
        "set",
        List.of(
            cycle(disturbed(HEALTHY, distance, 10)),
            cycle(disturbed(HEALTHY, distance, 11)),
            cycle(disturbed(HEALTHY, distance, 12))));
  }

  @Test
  void theToleranceIsMeasuredOnTheRepeatsAndHasAFloor() {
    ProbeTolerance quiet = noisy(0).tolerance();
    ProbeTolerance noisy = noisy(0.1).tolerance();

    assertThat(quiet.farthest()).isEqualTo(ProbeTolerance.FARTHEST_FLOOR);
    assertThat(quiet.mean()).isEqualTo(ProbeTolerance.MEAN_FLOOR);
    assertThat(quiet.scale()).isEqualTo(ProbeTolerance.SCALE_FLOOR);
    // Two repeats differ by √2 of the noise, so 1 − cos is its square, and four times that is kept.
    assertThat(noisy.mean()).isCloseTo(4 * 0.01, within(0.01));
    assertThat(noisy.farthest()).isBetween(noisy.mean(), 4 * noisy.mean());
  }

  @Test
  void aRepeatThatLacksProbesLeavesTheOthers() {
    ProbeBaseline baseline =
        ProbeBaseline.of(
            "set", List.of(cycle(HEALTHY), cycle(Arrays.copyOf(HEALTHY, 9)), cycle(HEALTHY)));

    assertThat(baseline.vectors().keys()).hasSize(9).contains(ProbeVectors.key(8));
    assertThat(baseline.repeats()).isEqualTo(3);
  }

  @Test
  void lengthsAreKept() {
    double[][] twice = new double[12][16];
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 16; j++) {
        twice[i][j] = 2 * HEALTHY[i][j];
      }
    }
    ProbeBaseline baseline =
        ProbeBaseline.of("set", List.of(cycle(twice), cycle(twice), cycle(twice)));

    assertThat(baseline.vectors().vector(ProbeVectors.key(3)).orElseThrow())
        .containsExactly(ProbeVectors.floats(twice[3]), within(1e-6f));
  }

  @Test
  void repeatsThatAreNotOfOneBuildMakeNoBaseline() {
    ProbeCycle good = cycle(HEALTHY);

    assertThat(ProbeBaseline.unfit(List.of(good, good, good))).isEmpty();
    assertThat(ProbeBaseline.unfit(List.of(good, good)))
        .contains("expected 3 repeats of the probes or more, got 2");
    assertThat(ProbeBaseline.unfit(List.of(good, good, cycle(cone(12, 8, 0.5, 1)))))
        .contains("expected repeats of one width, got 16 and 8");
    assertThat(ProbeBaseline.unfit(List.of(good, good, cycle(Arrays.copyOf(HEALTHY, 7)))))
        .contains("expected 8 probes that every repeat answers, got 7");
    assertThat(ProbeBaseline.unfit(List.of(good, good, cycle(cone(12, 16, 0.5, 2)))).orElseThrow())
        .startsWith("expected repeats of one build, got answers with a mean cosine of ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeBaseline.of("set", List.of(good)))
        .withMessage("expected 3 repeats of the probes or more, got 1");
  }

  @Test
  void aCycleRefusesWhatIsNoDirection() {
    InputKey key = ProbeVectors.key(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeCycle.of(Map.of()))
        .withMessage("probe cycle: expected 1 vector or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeCycle.of(Map.of(key, new float[] {0, 0})))
        .withMessageEndingWith("expected a vector other than zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeCycle.of(Map.of(key, new float[] {1, Float.NaN})))
        .withMessageEndingWith("expected finite values");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProbeCycle.of(
                    Map.of(key, new float[] {1, 2}, ProbeVectors.key(2), new float[] {1})))
        .withMessageContaining("expected width 2, got 1");
  }

  @Test
  void theBytesReadBackToTheBit() throws IOException {
    byte[] bytes = bytes(noisy(0.05));

    ProbeBaseline read = read(bytes);

    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(read.tolerance()).isEqualTo(noisy(0.05).tolerance());
    assertThat(read.setDigest()).isEqualTo("set");
    assertThat(read.repeats()).isEqualTo(3);
  }

  /** Made by {@link #bytes} of {@code noisy(0.05)} when version 1 was released. */
  @Test
  void theBytesOfVersionOneAreRead() throws IOException {
    byte[] made = bytes(noisy(0.05));
    Path out = Files.createDirectories(Path.of("target/golden")).resolve("probe-baseline-v1.bin");
    Files.write(out, made);
    try (InputStream in = getClass().getResourceAsStream("/golden/probe-baseline-v1.bin")) {
      assertThat(in)
          .as("if the change is meant: cp %s src/test/resources/golden/", out)
          .isNotNull();
      byte[] golden = in.readAllBytes();
      assertThat(golden).isEqualTo(made);
      assertThat(read(golden).vectors().size()).isEqualTo(12);
    }
  }

  @Test
  void bytesThatAreNoBaselineAreAnIoException() throws IOException {
    byte[] bytes = bytes(noisy(0));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
    for (int i = 0; i < 60; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) 0x80;
      try {
        assertThat(read(changed).vectors().size()).isEqualTo(12);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
    byte[] later = bytes.clone();
    later[0] = 2;
    assertThatThrownBy(() -> read(later)).hasMessage("probe baseline: expected version 1, got 2");
  }

  private static byte[] bytes(ProbeBaseline baseline) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProbeBaselineCodec.write(baseline, new DataOutputStream(out));
    return out.toByteArray();
  }

  private static ProbeBaseline read(byte[] bytes) throws IOException {
    return ProbeBaselineCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
