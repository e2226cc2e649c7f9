package dev.parallax.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8WriterTest {

  @Test
  void textComesOutAsTheJdkEncodesIt() throws Exception {
    String text = "model \u00e9\u20ac \ud83d\ude00 ".repeat(10_000);
    Utf8Writer whole = new Utf8Writer();
    Utf8Writer parts = new Utf8Writer();

    whole.write(text);
    for (char character : text.toCharArray()) {
      parts.write(character);
    }
    parts.append("end").write(new char[] {'x', '\u00fc', 'z'}, 1, 1);

    assertThat(whole.toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(parts.toBytes()).isEqualTo((text + "end\u00fc").getBytes(StandardCharsets.UTF_8));
  }
}
