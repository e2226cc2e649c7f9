package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BentoMlReaderTest {

  private static final String SCHEMA =
      "'bento_meta':{'bento_name':'b','bento_version':'v1','schema':{"
          + "'x':{'role':'feature','type':'numerical_sequence'},"
          + "'t':{'role':'original_text','type':'text'},"
          + "'s':{'role':'prediction','type':'text'},"
          + "'y':{'role':'prediction','type':'numerical_sequence'}}}";

  private final BodyReader reader = new BentoMlReader(FormatOptions.NONE);

  @Test
  void theSchemaSaysWhichColumnsAreInputAndVector() {
    Payload.Call call =
        call(
            reader,
            "{'x':[9,9],'t':'a text','s':'short','y':[1,2.5],'timestamp':1668660679.5,"
                + "'request_id':'7',"
                + SCHEMA
                + "}");

    assertThat(call.names())
        .isEqualTo(new CallNames(Optional.of("7"), Optional.of("b"), Optional.of("v1")));
    assertThat(call.input().map(Payloads::describe)).contains("a text");
    assertThat(Payloads.describe(call.output())).isEqualTo("[1.0, 2.5]");
    assertThat(call.timeMillis()).hasValue(1_668_660_679_500L);
  }

  @Test
  void withoutASchemaTheValuesSayIt() {
    Payload.Call call =
        call(
            reader,
            "{'text':'a','vector':[1,2],'timestamp':'2024-03-05T03:33:59.490137',"
                + "'request_id':146}");

    assertThat(call.names().id()).contains("146");
    assertThat(call.input().map(Payloads::describe)).contains("a");
    assertThat(Payloads.describe(call.output())).isEqualTo("[1.0, 2.0]");
    assertThat(call.timeMillis())
        .hasValue(Instant.parse("2024-03-05T03:33:59.490Z").toEpochMilli());
  }

  @Test
  void optionsComeBeforeTheSchema() {
    BodyReader told =
        reader(
            Map.of(
                Field.VECTOR,
                "x",
                Field.INPUT,
                "s",
                Field.ID,
                "i",
                Field.TIME,
                "at",
                Field.MODEL,
                "m",
                Field.VERSION,
                "v"));
    Payload.Call call =
        call(
            told,
            "{'x':[9,9],'t':'a','s':'short','y':[1,2],'i':'7','at':1000,'m':'n','v':3,"
                + SCHEMA
                + "}");

    assertThat(call.names())
        .isEqualTo(new CallNames(Optional.of("7"), Optional.of("n"), Optional.of("3")));
    assertThat(call.input().map(Payloads::describe)).contains("short");
    assertThat(Payloads.describe(call.output())).isEqualTo("[9.0, 9.0]");
    assertThat(call.timeMillis()).hasValue(1_000_000);
  }

  @Test
  void aColumnOfTheWrongTypeIsNoVector() {
    assertThat(Payloads.describe(call(reader(Map.of(Field.VECTOR, "p")), "{'p':0.5}").output()))
        .isEqualTo("no-float-output");
    assertRejected(
            reader,
            "{'p':[1,2],'bento_meta':{'schema':{'p':{'type':'categorical'}}}}",
            Reason.NO_FLOAT_OUTPUT)
        .isEqualTo("no column of numbers; columns are [p]");
  }

  @Test
  void severalVectorsMustBeToldApart() {
    assertRejected(reader, "{'p':[1,2],'q':[1,2]}", Reason.NO_FLOAT_OUTPUT)
        .startsWith("more than one column of numbers");
    assertThat(call(reader, "{'p':[1,2],'a':'x','b':'y'}").input()).isEmpty();
  }

  @Test
  void otherLinesAreRejected() {
    assertRejected(reader(Map.of(Field.VECTOR, "p")), "{'a':1}", Reason.MISSING_FIELD)
        .contains("column p");
    assertRejected(reader, "{'p':[1,2],'timestamp':'yesterday'}", Reason.TIMESTAMP)
        .doesNotContain("yesterday");
    assertRejected(reader, "{'error':'x'}", Reason.ERROR_BODY).isNotBlank();
    assertRejected(reader, "[1]", Reason.MALFORMED).contains("line of columns");
  }

  private static BodyReader reader(Map<Field, String> columns) {
    return new BentoMlReader(new FormatOptions(Optional.empty(), Optional.empty(), columns));
  }

  private static Payload.Call call(BodyReader reader, String line) {
    return ((Payload.Calls) read(reader, line)).calls().get(0);
  }
}
