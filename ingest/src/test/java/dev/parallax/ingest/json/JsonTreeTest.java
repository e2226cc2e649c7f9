package dev.parallax.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parallax.ingest.json.JsonTree.NotJsonException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

  @Test
  void everyKindOfValueIsRead() throws NotJsonException {
    JsonValue tree =
        read("{\"a\":[1,2.5],\"b\":\"é\\u20ac\",\"c\":[true,null,{}],\"d\":[],\"e\":-7}");

    assertThat(tree.get("a").orElseThrow()).isInstanceOf(JsonValue.Numbers.class);
    assertThat(tree.get("b").flatMap(JsonValue::text)).contains("é€");
    assertThat(tree.get("c").flatMap(JsonValue::elements).orElseThrow())
        .containsExactly(new JsonValue.Bool(true), JsonValue.Nil.NULL, new JsonValue.Obj(Map.of()));
    assertThat(tree.get("d").flatMap(JsonValue::elements)).contains(List.of());
    assertThat(tree.get("e")).contains(new JsonValue.Num(-7, true));
    assertThat(tree.get("f")).isEmpty();
  }

  @Test
  void aNullMemberIsNotThere() throws NotJsonException {
    assertThat(read("{\"a\":null}").get("a")).isEmpty();
  }

  @Test
  void numbersAreTheNearestDoubles() throws NotJsonException {
    JsonValue.Numbers numbers =
        (JsonValue.Numbers) read("[0.1,-0.0,1e-320,1e999,123456789012345678901234567890,3]");

    assertThat(numbers.at(0)).isEqualTo(0.1);
    assertThat(numbers.at(1)).isEqualTo(-0.0);
    assertThat(numbers.at(2)).isEqualTo(1e-320);
    assertThat(numbers.at(3)).isInfinite();
    assertThat(numbers.at(4)).isEqualTo(1.2345678901234568e29);
    assertThat(numbers.areIntegers()).isFalse();
  }

  @Test
  void whatPythonWritesForNoNumberIsRead() throws NotJsonException {
    JsonValue.Numbers numbers = (JsonValue.Numbers) read("[NaN,Infinity,-Infinity]");

    assertThat(numbers.at(0)).isNaN();
    assertThat(numbers.at(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(numbers.at(2)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void numbersBeforeAnotherValueStayInTheirPlaces() throws NotJsonException {
    assertThat(read("[1,2,[3,4],5]").elements().orElseThrow())
        .extracting(JsonValue::kind)
        .containsExactly("number", "number", "array of 2 numbers", "number");
  }

  @Test
  void arraysOfAnyLengthArePacked() throws NotJsonException {
    for (int length : new int[] {1, 63, 64, 65, 1000}) {
      String text = "[" + "7,".repeat(length - 1) + "8]";
      JsonValue.Numbers numbers = (JsonValue.Numbers) read(text);

      assertThat(numbers.size()).isEqualTo(length);
      assertThat(numbers.at(length - 1)).isEqualTo(8);
      assertThat(numbers.areIntegers()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[1",
        "[1,]",
        "{\"a\":1",
        "{\"a\"}",
        "{\"a\":1}}",
        "[1] 2",
        "[01]",
        "'a'",
        "nul",
        "[1.]",
        "[+1]",
        "[.5]",
        "\"\\x\"",
        "\"a\nb\"",
        "{a:1}",
        "[1]//",
        "\u0000",
        "-"
      })
  void whatIsNotExactlyOneValueIsRefused(String text) {
    assertThatExceptionOfType(NotJsonException.class).isThrownBy(() -> read(text));
  }

  @Test
  void whiteSpaceMayFollow() throws NotJsonException {
    assertThat(read(" \n[1] \r\n\t").kind()).isEqualTo("array of 1 numbers");
  }

  @Test
  void aKeyTwiceIsRefused() {
    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("{\"a\":1,\"b\":{\"a\":2},\"a\":null}"))
        .withMessageContaining("key twice: a");
  }

  @Test
  void nestingHasALimit() throws NotJsonException {
    int most = JsonTree.MAX_DEPTH;
    read("[".repeat(most) + "]".repeat(most));

    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("[".repeat(most + 1) + "]".repeat(most + 1)));
    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("{\"a\":".repeat(100_000)));
  }

  @Test
  void numbersHaveALongestLength() throws NotJsonException {
    read("0." + "1".repeat(JsonTree.MAX_NUMBER_CHARS - 2));

    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("1".repeat(100_000)))
        .withMessageContaining("100");
  }

  @Test
  void keysHaveALongestLength() throws NotJsonException {
    read("{\"" + "k".repeat(JsonTree.MAX_NAME_CHARS) + "\":1}");

    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("{\"" + "k".repeat(100_000) + "\":1}"));
  }

  @Test
  void aPrefixEndsWhereTheValueEnds() throws NotJsonException {
    byte[] bytes = {'{', '}', ' ', (byte) 0xff, (byte) 0xfe, 0};

    assertThat(JsonTree.readPrefix(bytes, 0, bytes.length).length()).isEqualTo(2);
  }

  @Test
  void messagesDoNotQuoteTheText() {
    assertThatExceptionOfType(NotJsonException.class)
        .isThrownBy(() -> read("{\"input\": secret words}"))
        .withMessageNotContaining("secret")
        .withMessageEndingWith("at byte 10");
  }

  private static JsonValue read(String text) throws NotJsonException {
    return JsonTree.read(text.getBytes(UTF_8));
  }
}
