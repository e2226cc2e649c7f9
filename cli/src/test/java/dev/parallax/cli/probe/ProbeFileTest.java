package dev.parallax.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.probe.Probe;
import dev.parallax.core.probe.ProbeSet;
import org.junit.jupiter.api.Test;

class ProbeFileTest {

  private static final String SEVEN = "b\nc\nd\ne\nf\ng\nh\n";

  /** Vectors of a set are compared for as long as anyone keeps them. */
  @Test
  void theSetOfTheBuildNeverChanges() {
    ProbeSet set = ProbeFile.builtin();

    assertThat(set.size()).isEqualTo(64);
    assertThat(set.digest())
        .isEqualTo("ee5bbe729bc2a5027ef7330e604a15dbe571899b0f0bde039bcd1dc5b20a394a");
  }

  @Test
  void plainTextsAreCalledByTheirLines() {
    ProbeSet set = ProbeFile.parse("set", "\n a \n\n" + SEVEN);

    assertThat(set.probes()).hasSize(8);
    assertThat(set.probes().get(0)).isEqualTo(new Probe("2", " a "));
    assertThat(set.probes().get(1)).isEqualTo(new Probe("4", "b"));
  }

  @Test
  void jsonLinesMayNameTheirTexts() {
    StringBuilder lines = new StringBuilder("{\"id\": \"first\", \"text\": \"a\"}\n\n");
    SEVEN.lines().forEach(text -> lines.append("{\"text\": \"" + text + "\"}\n"));

    ProbeSet set = ProbeFile.parse("set", lines.toString());

    assertThat(set.probes().get(0)).isEqualTo(new Probe("first", "a"));
    assertThat(set.probes().get(1)).isEqualTo(new Probe("3", "b"));
  }

  @Test
  void mistakesNameTheirPlace() {
    assertThatThrownBy(() -> ProbeFile.parse("set", SEVEN))
        .hasMessage("set: probe set: expected 8 to 256 texts, got 7");
    assertThatThrownBy(() -> ProbeFile.parse("set", "{\"text\": \"a\"}\nb"))
        .hasMessageStartingWith("set line 2: expected one JSON object");
    assertThatThrownBy(() -> ProbeFile.parse("set", "{\"texts\": \"a\"}"))
        .hasMessage("set line 1: expected \"text\" with a text that is not blank");
    assertThatThrownBy(() -> ProbeFile.parse("set", "{\"id\": [], \"text\": \"a\"}"))
        .hasMessage("set line 1: expected \"id\" with a text that is not blank");
    assertThatThrownBy(() -> ProbeFile.read("no-such-file"))
        .hasMessage("--set no-such-file: expected a readable file, no such file");
  }
}
