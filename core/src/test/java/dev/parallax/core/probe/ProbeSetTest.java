package dev.parallax.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parallax.core.embedding.InputKeyHasher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeSetTest {

  private static List<String> texts(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "text " + i).toList();
  }

  private static List<String> textsWith(String last) {
    List<String> texts = new ArrayList<>(texts(8));
    texts.add(last);
    return texts;
  }

  @Test
  void textsAreNumberedAndKeepTheirOrder() {
    ProbeSet set = ProbeSet.ofTexts(texts(9));

    assertThat(set.size()).isEqualTo(9);
    assertThat(set.probes().get(8)).isEqualTo(new Probe("9", "text 9"));
    InputKeyHasher hasher =
        new InputKeyHasher("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    assertThat(set.keys(hasher)).hasSize(9).endsWith(hasher.keyOf("text 9"));
  }

  @Test
  void theDigestDependsOnEveryTextEveryIdAndTheirOrder() {
    ProbeSet set = ProbeSet.ofTexts(texts(8));
    List<Probe> renamed = new ArrayList<>(set.probes());
    renamed.set(3, new Probe("four", "text 4"));
    List<Probe> shifted = new ArrayList<>(set.probes());
    shifted.set(0, new Probe("1t", "ext 1"));
    List<Probe> reversed = new ArrayList<>(set.probes());
    Collections.reverse(reversed);

    assertThat(set.digest())
        .hasSize(64)
        .isEqualTo(ProbeSet.ofTexts(texts(8)).digest())
        .isNotEqualTo(new ProbeSet(renamed).digest())
        .isNotEqualTo(new ProbeSet(shifted).digest())
        .isNotEqualTo(new ProbeSet(reversed).digest());
  }

  @Test
  void aSetIsBoundedOnBothSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeSet.ofTexts(texts(7)))
        .withMessage("probe set: expected 8 to 256 texts, got 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeSet.ofTexts(texts(257)))
        .withMessageEndingWith("got 257");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeSet.ofTexts(textsWith("x".repeat(16_385))))
        .withMessage("probe 9: expected at most 16384 bytes, got 16385");
  }

  @Test
  void textsOfOneInputKeyAndIdsThatAreThereTwiceAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeSet.ofTexts(textsWith(" text  1")))
        .withMessage("probe set: 1 and 9 are the same text");
    List<Probe> probes = new ArrayList<>(ProbeSet.ofTexts(texts(8)).probes());
    probes.add(new Probe("1", "another"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProbeSet(probes))
        .withMessage("probe set: id 1 is there twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeSet.ofTexts(textsWith(" \t")))
        .withMessage("probe 9: expected a text, got none");
  }
}
