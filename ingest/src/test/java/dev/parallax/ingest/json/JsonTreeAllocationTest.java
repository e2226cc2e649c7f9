package dev.parallax.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.ingest.AllocationMeter;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeAllocationTest {

  /** Buffers of the parser. */
  private static final int CONSTANT = 32 << 10;

  private static final int TREE_ALONE = 40;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.5",
        "1e9",
        "1e999",
        "NaN",
        "[]",
        "{}",
        "[1]",
        "[[]]",
        "[{}]",
        "{\"a\":1}",
        "\"\"",
        "\"a\"",
        "\"é\"",
        "null",
        "true",
        "[1,2]",
        "[\"a\"]",
        "[null]",
        "[[[[[[]]]]]]",
        "\"#\"",
        "{\"#\":[]}"
      })
  void listsOfAnythingTakeABoundedMultipleOfTheText(String element) {
    assertBounded("[" + repeated(element) + "]");
    assertBounded("[" + repeated(element) + ",\"\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "[[]]", "\"\"", "null", "[1]"})
  void objectsOfManyKeysTakeABoundedMultipleOfTheText(String value) {
    assertBounded("{" + repeated("\"#\":" + value) + "}");
  }

  @Test
  void longTextsTakeABoundedMultiple() {
    assertBounded("\"" + "a".repeat(100_000) + "\"");
    assertBounded("\"" + "\\u0041".repeat(20_000) + "\"");
    assertBounded("\"" + "😀".repeat(20_000) + "\"");
    assertBounded("1".repeat(100_000));
    assertBounded("[".repeat(100_000));
    assertBounded("{\"" + "k".repeat(100_000) + "\":1}");
  }

  @Test
  void keysOfOneRecordCostTheNextOnesNothing() {
    for (int i = 0; i < 3; i++) {
      String prefix = "\"" + i + "-";
      read(
          IntStream.range(0, 2_000)
              .mapToObj(key -> prefix + key + "\":1")
              .collect(Collectors.joining(",", "{", "}")));

      String next = "{" + prefix + "next\":1}";
      long bytes = AllocationMeter.bytesOf(() -> read(next));

      assertThat(bytes).isLessThan(CONSTANT);
    }
  }

  private static void assertBounded(String text) {
    read(text);
    long bytes = AllocationMeter.bytesOf(() -> read(text));

    assertThat(bytes).isLessThan((long) TREE_ALONE * text.getBytes(UTF_8).length + CONSTANT);
  }

  private static String repeated(String element) {
    return IntStream.range(0, 40_000 / element.length())
        .mapToObj(i -> element.replace("#", Integer.toString(i, 36)))
        .collect(Collectors.joining(","));
  }

  private static void read(String text) {
    try {
      JsonTree.read(text.getBytes(UTF_8));
    } catch (NotJsonException e) {
      assertThat(e).hasMessageNotContaining(text);
    }
  }
}
