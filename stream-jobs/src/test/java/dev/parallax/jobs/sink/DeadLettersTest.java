package dev.parallax.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final Rejection REJECTION = new Rejection(Reason.NOT_FINITE, "vector[0] is NaN");

  @Test
  void keyValueAndHeadersStayAsTheyWere() {
    OutRecord letter =
        DeadLetters.of(REJECTION, new byte[] {1}, new byte[] {2}, Map.of("ce_id", "e"));

    assertThat(letter.key()).containsExactly(1);
    assertThat(letter.value()).containsExactly(2);
    assertThat(letter.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce_id",
                "e",
                "parallax-reason",
                "not-finite",
                "parallax-detail",
                "vector[0] is NaN",
                "parallax-stage",
                "monitor"));
  }

  @Test
  void aKeyOrValueThatIsNotThereStaysAway() {
    OutRecord letter = DeadLetters.of(REJECTION, null, null, Map.of());

    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
  }

  @Test
  void whatIsOutOfAllProportionIsCutSoThatTheLetterFitsItsTopic() {
    byte[] value = new byte[DeadLetters.MAX_VALUE_BYTES + 1];
    String header = "ü".repeat(DeadLetters.MAX_HEAD_BYTES / 2);

    OutRecord letter = DeadLetters.of(REJECTION, new byte[16], value, Map.of("h", header));

    assertThat(letter.key()).isNull();
    assertThat(letter.value()).hasSize(DeadLetters.MAX_VALUE_BYTES);
    assertThat(letter.headers())
        .doesNotContainKey("h")
        .containsEntry(
            DeadLetters.TRUNCATED,
            "key and headers of 16401 bytes, value of " + value.length + " bytes");
  }
}
