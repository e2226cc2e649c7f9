package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputKeyHasherTest {

  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** From {@code printf '%s' TEXT | openssl dgst -sha256 -hmac 0123456789abcdef | cut -c1-32}. */
  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource({
    "'', 496dc93fa2d26eae500ec0bc37a12270",
    "hello world, c1b785e78960f67d57fd2f98398780a3",
    "Grüße aus 東京, cbba523381f9982b540b73ac2a3a78a4",
  })
  void theKeyIsTheStartOfTheHmacOfTheUtf8Text(String text, String key) {
    assertThat(new InputKeyHasher(SECRET).keyOf(text)).hasToString(key);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource({
    "'  hello   world ', hello world",
    "'hello\tworld\r\n', hello world",
    "'\u00a0hello\u2003\u3000world\u0085', hello world",
    "'hello\u2028\u2029world', hello world",
    "e\u0301t\u00e9, \u00e9t\u00e9",
    "'\u212b', '\u00c5'",
    "'\ufb01x\u00b2', '\ufb01x\u00b2'",
    "Hello World, Hello World",
    "'zero\u200bwidth', 'zero\u200bwidth'",
    "'   ', ''",
  })
  void theCanonicalFormIsComposedWithSingleSpaces(String text, String canonical) {
    assertThat(InputKeyHasher.canonical(text)).isEqualTo(canonical);
    assertThat(new InputKeyHasher(SECRET).keyOf(text))
        .isEqualTo(new InputKeyHasher(SECRET).keyOf(canonical));
  }

  @Test
  void theCanonicalFormIsItsOwnCanonicalForm() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int[] codePoints = random.ints(random.nextInt(12), 1, 0x3400).toArray();
      String once = InputKeyHasher.canonical(new String(codePoints, 0, codePoints.length));

      assertThat(InputKeyHasher.canonical(once)).isEqualTo(once);
    }
  }

  @Test
  void anotherSecretGivesAnotherKey() {
    byte[] other = SECRET.clone();
    other[0]++;

    assertThat(new InputKeyHasher(other).keyOf("hello"))
        .isNotEqualTo(new InputKeyHasher(SECRET).keyOf("hello"));
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new InputKeyHasher(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 16 bytes or more, got 15");
  }

  @Test
  void keysAreOrderedAsTheirBytes() {
    assertThat(new InputKey(1, 0)).isLessThan(new InputKey(-1, 0));
    assertThat(new InputKey(1, 1)).isLessThan(new InputKey(1, -1));
    assertThat(new InputKey(1, 1)).isEqualByComparingTo(InputKey.of(new InputKey(1, 1).toBytes()));
    assertThatThrownBy(() -> InputKey.of(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 16 bytes, got 17");
  }
}
