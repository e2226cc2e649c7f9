package dev.parallax.ingest.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parallax.ingest.json.JsonTree.NotJsonException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeEncodingTest {

  @Test
  void lengthsAreInBytes() throws NotJsonException {
    byte[] text = "  {\"é\":\"€😀\"}\u0001\u0002".getBytes(UTF_8);

    assertThat(JsonTree.readPrefix(text, 1, text.length).length()).isEqualTo(text.length - 3);
  }

  @Test
  void aTextThatIsNotUtf8IsRefused() {
    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> JsonTree.read("[\"é\"]".getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void onlyUtf8IsRead(String charset) {
    byte[] text = "{\"a\":[1,2]}".getBytes(Charset.forName(charset));

    assertThatExceptionOfType(NotJsonException.class).isThrownBy(() -> JsonTree.read(text));
  }
}
