package dev.parallax.exporter.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Scores;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreReaderTest {

  private static final Score SCORE = Scores.healthy("e5", 3);

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void aScoreThatWasReadWritesTheSameBytes(Verdict verdict) {
    Random random = new Random(verdict.ordinal());
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      if (random.nextInt(4) > 0) {
        figures.put(figure, random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      }
    }
    Series odd = new Series("m\u00f6del \"1\"\n", "2\\3", "bge|x", "lang=d\u00e9 \ud83d\ude00");
    byte[] json = Scores.of(odd, 7, verdict, figures, "a \u0007 reason", "").toJson();

    assertThat(value(ScoreReader.read(json)).toJson()).isEqualTo(json);
  }

  @Test
  void aScoreThatWasReadIsEqualToTheOneWritten() {
    assertThat(value(ScoreReader.read(SCORE.toJson()))).isEqualTo(SCORE);
  }

  @Test
  void anAlertThatWasReadWritesTheSameBytes() {
    Alert with = new Alert(SCORE, Verdict.WARMING, OptionalLong.of(Scores.START));
    Alert without = new Alert(SCORE, Verdict.TRAFFIC_SHIFT, OptionalLong.empty());

    assertThat(value(AlertReader.read(with.toJson())).toJson()).isEqualTo(with.toJson());
    assertThat(value(AlertReader.read(without.toJson()))).isEqualTo(without);
  }

  @Test
  void aFieldThatANewerJobAddsIsPassedOver() {
    String newer = json().replace("\"pairs\":", "\"novel\":{\"x\":[1]},\"pairs\":");

    assertThat(value(ScoreReader.read(bytes(newer)))).isEqualTo(SCORE);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '~',
      value = {
        "\"model\":\"e5\", ~ ~ model: missing",
        "\"model\":\"e5\" ~ \"model\":5 ~ model: expected a text",
        "\"model\":\"e5\" ~ \"model\":null ~ model: expected a text",
        "\"pairs\":256 ~ \"pairs\":\"256\" ~ pairs: expected a whole number",
        "\"pairs\":256 ~ \"pairs\":256.5 ~ pairs: expected a whole number",
        "\"pairs\":256 ~ \"pairs\":-1 ~ pairs: expected 0 or more",
        "\"pairs\":256 ~ \"pairs\":99999999999999999999 ~ pairs: expected a whole number",
        "\"pairs\":256 ~ \"pairs\":256,\"pairs\":256 ~ Duplicate",
        "\"cka\":0.9 ~ \"cka\":\"0.9\" ~ cka: expected a finite number",
        "\"cka\":0.9 ~ \"cka\":null ~ cka: expected a finite number",
        "\"cka\":0.9 ~ \"cka\":1e999 ~ cka: expected a finite number",
        "\"cka\":0.9 ~ \"cka\":NaN ~ not JSON",
        "\"verdict\":\"healthy\" ~ \"verdict\":\"fine\" ~ verdict: expected a known verdict",
        "2026-11-22T10:03:00.000Z ~ yesterday ~ paneStart: expected an RFC 3339 time",
        "\"reasons\":[] ~ \"reasons\":{} ~ reasons: expected a list",
        "\"reasons\":[] ~ \"reasons\":[1] ~ reasons: expected a text",
        "\"counts\":{ ~ \"counts\":[],\"other\":{ ~ counts: expected an object",
      })
  void aFaultInOneFieldIsNamed(String part, String replacement, String detail) {
    String faulty = json().replace(part, replacement == null ? "" : replacement);

    assertThat(faulty).isNotEqualTo(json());
    assertThat(detail(ScoreReader.read(bytes(faulty)))).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "3", "{", "{}", "{} {}", "not json", "{\"a\":[[[[[[[[[1"})
  void whatIsNoScoreIsMalformed(String text) {
    assertThat(ScoreReader.read(bytes(text))).isInstanceOf(ReadResult.Malformed.class);
    assertThat(AlertReader.read(bytes(text))).isInstanceOf(ReadResult.Malformed.class);
  }

  @Test
  void bytesAfterTheScoreAreMalformed() {
    assertThat(ScoreReader.read(bytes(json() + "x"))).isInstanceOf(ReadResult.Malformed.class);
  }

  @Test
  void aRecordOfMoreThanAMegabyteIsNotEvenParsed() {
    byte[] large = bytes(json() + " ".repeat(1 << 20));

    assertThat(detail(ScoreReader.read(large))).startsWith("record: expected at most 1048576");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void noChangedByteEverThrows(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] json = SCORE.toJson();
      json[random.nextInt(json.length)] = (byte) random.nextInt(256);

      assertThat(ScoreReader.read(json)).isNotNull();
    }
  }

  private static String json() {
    return new String(SCORE.toJson(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T value(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Value.class);
    return ((ReadResult.Value<T>) result).value();
  }

  private static <T> String detail(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Malformed.class);
    return ((ReadResult.Malformed<T>) result).detail();
  }
}
