package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerReaderTest {

  private static final Map<Field, String> ALL =
      Map.of(
          Field.ID, "/meta/id",
          Field.MODEL, "/meta/a~1b",
          Field.VERSION, "/meta/m~0n",
          Field.TIME, "/ts",
          Field.INPUT, "/rows/1/text",
          Field.VECTOR, "/rows/0");

  @Test
  void everyPartIsWhereItsPointerPoints() {
    Payload.Call call =
        call(
            reader(ALL),
            "{'meta':{'id':7,'a/b':'m','m~n':'v'},'ts':'2026-11-22T10:15:30Z',"
                + "'rows':[[1,2],{'text':'a'}]}");

    assertThat(call.names())
        .isEqualTo(new CallNames(Optional.of("7"), Optional.of("m"), Optional.of("v")));
    assertThat(call.timeMillis()).hasValue(Instant.parse("2026-11-22T10:15:30Z").toEpochMilli());
    assertThat(call.input().map(Payloads::describe)).contains("a");
    assertThat(Payloads.describe(call.output())).isEqualTo("[1.0, 2.0]");
  }

  @Test
  void allButTheVectorMayBeMissing() {
    Payload.Call call = call(reader(ALL), "{'meta':{'id':null},'ts':null,'rows':['AACAPw==']}");

    assertThat(call.names()).isEqualTo(CallNames.NONE);
    assertThat(call.timeMillis()).isEmpty();
    assertThat(call.input()).isEmpty();
    assertThat(Payloads.describe(call.output())).isEqualTo("[1.0]");
    assertRejected(reader(ALL), "{'meta':{}}", Reason.MISSING_FIELD).contains("/rows/0");
    assertRejected(reader(ALL), "{'detail':'x'}", Reason.ERROR_BODY).isNotBlank();
  }

  @Test
  void anEmptyPointerIsTheWholeBody() {
    BodyReader whole = reader(Map.of(Field.VECTOR, ""));

    assertThat(Payloads.describe(call(whole, "[1,2]").output())).isEqualTo("[1.0, 2.0]");
    assertThat(Payloads.describe(call(whole, "[[1,2]]").output())).isEqualTo("not-pooled");
  }

  @ParameterizedTest
  @CsvSource({
    "1668660679, 1668660679000",
    "1668660679.5875, 1668660679587",
    "1668660679587, 1668660679587",
    "-1.5, -1500",
    "'\"2026-11-22T10:15:30.5+01:00\"', 1795338930500",
    "'\"2026-11-22 10:15:30\"', 1795342530000"
  })
  void timesAreTextsOrNumbers(String time, long millis) {
    BodyReader reader = reader(Map.of(Field.VECTOR, "/v", Field.TIME, "/t"));

    assertThat(call(reader, "{'v':[1],'t':" + time + "}").timeMillis()).hasValue(millis);
  }

  @ParameterizedTest
  @CsvSource({"1e15", "NaN", "Infinity", "'\"\"'", "'\"now\"'", "'[1]'", "true"})
  void otherTimesAreRejected(String time) {
    BodyReader reader = reader(Map.of(Field.VECTOR, "/v", Field.TIME, "/t"));

    assertRejected(reader, "{'v':[1],'t':" + time + "}", Reason.TIMESTAMP).startsWith("time");
  }

  @Test
  void anInputThatIsNoTextCannotBeRead() {
    BodyReader reader = reader(Map.of(Field.VECTOR, "/v", Field.INPUT, "/i"));

    assertThat(call(reader, "{'v':[1],'i':[2]}").input().map(Payloads::describe))
        .contains("missing-input");
  }

  @Test
  void pointersAreCheckedAtTheStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader(Map.of(Field.ID, "/a")))
        .withMessageContaining("the vector");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader(Map.of(Field.VECTOR, "a")))
        .withMessageEndingWith("for vector, got a");
  }

  private static BodyReader reader(Map<Field, String> pointers) {
    return new JsonPointerReader(new FormatOptions(Optional.empty(), Optional.empty(), pointers));
  }

  private static Payload.Call call(BodyReader reader, String body) {
    return ((Payload.Calls) read(reader, body)).calls().get(0);
  }
}
