package dev.parallax.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  void writesFieldsInTheOrderGivenWithoutWhiteSpace() {
    String json =
        CanonicalJson.object(
            o ->
                o.field("b", "x")
                    .field("a", 3L)
                    .object("in", i -> i.field("t", true).field("n", -0.5))
                    .texts("l", List.of("p", "q"))
                    .objects("os", List.of(1, 2), (e, n) -> e.field("n", (long) n))
                    .texts("none", List.of()));

    assertThat(json)
        .isEqualTo(
            "{\"b\":\"x\",\"a\":3,\"in\":{\"t\":true,\"n\":-0.5},\"l\":[\"p\",\"q\"],"
                + "\"os\":[{\"n\":1},{\"n\":2}],\"none\":[]}");
  }

  @Test
  void escapesQuotesControlCharactersAndLoneSurrogates() {
    String json = CanonicalJson.object(o -> o.field("k", "\"\\\n\u0001é\uD83D\uDE00\uD83D"));

    assertThat(json).isEqualTo("{\"k\":\"\\\"\\\\\\u000a\\u0001é\uD83D\uDE00\\ud83d\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "2.0E-3, 0.002",
    "1.0, 1",
    "-0.0, 0",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "4.9E-324, 5E-324",
    "1.7976931348623157E308, 1.7976931348623157E+308",
    "0.30000000000000004, 0.30000000000000004",
    "9007199254740993, 9007199254740992",
    "2.0E22, 2E+22"
  })
  void numbersAreTheShortestThatReadBack(double value, String text) {
    assertThat(CanonicalJson.number(value)).isEqualTo(text);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyNumberReadsBackAsItself(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value);
      }
      double ratio = random.nextDouble();
      assertThat(Double.parseDouble(CanonicalJson.number(ratio))).isEqualTo(ratio);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatCannotBeStatedIsRefused(double value) {
    assertThatThrownBy(() -> CanonicalJson.number(value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
