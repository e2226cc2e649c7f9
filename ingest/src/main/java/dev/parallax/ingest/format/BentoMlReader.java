package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.FormatOptions.Field;
import dev.parallax.ingest.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads monitoring logs of BentoML: a line of JSON for each request, with a member for each column.
 *
 * <p>Which columns are input and vector, the options say; where they do not, the vector is the only
 * column of type {@code numerical_sequence}, or the only prediction among several, and the input
 * the only column of type {@code text} that is no prediction and no target. The types come from
 * {@code bento_meta.schema}, which the OTLP exporter adds; without it, an array of numbers is a
 * numerical sequence and a string is text. The line that states the schema alone is no event.
 *
 * <p>Id and time are {@code request_id} and {@code timestamp} unless the options say otherwise,
 * name and version of the model those of the bento.
 */
final class BentoMlReader implements BodyReader {

  private static final String ID = "request_id";
  private static final String TIME = "timestamp";
  private static final String META = "bento_meta";
  private static final String NO_VERSION = "not available";
  private static final Set<String> ANSWERS = Set.of("prediction", "target");

  private final Map<Field, String> columns;

  BentoMlReader(FormatOptions options) {
    this.columns = options.fields();
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    if (!(json instanceof JsonValue.Obj line)) {
      throw UnknownBody.rejection(json, "a line of columns");
    }
    if (json.get("meta_data").isPresent() && json.get("columns").isPresent()) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT, "the line that states the schema, no event");
    }
    String vector = vectorColumn(line);
    JsonValue value =
        line.get(vector)
            .orElseThrow(
                () -> UnknownBody.rejection(json, "a vector in column " + Names.cut(vector)));
    Optional<JsonValue> time = at(line, Field.TIME, TIME);
    return new Payload.Calls(
        List.of(
            new Payload.Call(
                names(line),
                inputColumn(line).flatMap(line::get).map(BentoMlReader::input),
                Vectors.of("column " + Names.cut(vector), value),
                time.isPresent()
                    ? OptionalLong.of(Times.millis(TIME, time.get()))
                    : OptionalLong.empty(),
                Map.of())));
  }

  private CallNames names(JsonValue.Obj line) {
    Optional<JsonValue> meta = line.get(META);
    CallNames bento =
        new CallNames(
            Optional.empty(),
            meta.flatMap(of -> Names.at(of, "bento_name")),
            meta.flatMap(of -> Names.at(of, "bento_version"))
                .filter(version -> !version.equals(NO_VERSION)));
    return new CallNames(
            at(line, Field.ID, ID).flatMap(Names::of),
            at(line, Field.MODEL, "").flatMap(Names::of),
            at(line, Field.VERSION, "").flatMap(Names::of))
        .or(bento);
  }

  private Optional<JsonValue> at(JsonValue.Obj line, Field field, String otherwise) {
    return line.get(columns.getOrDefault(field, otherwise));
  }

  private String vectorColumn(JsonValue.Obj line) throws RejectedBodyException {
    if (columns.containsKey(Field.VECTOR)) {
      return columns.get(Field.VECTOR);
    }
    List<String> sequences =
        columnsOf(line).filter(name -> typeOf(line, name).equals("numerical_sequence")).toList();
    List<String> best =
        sequences.size() > 1
            ? sequences.stream().filter(name -> isAnswer(line, name)).toList()
            : sequences;
    if (best.size() == 1) {
      return best.get(0);
    }
    if (sequences.isEmpty() && UnknownBody.errorOf(line).isPresent()) {
      throw UnknownBody.rejection(line, "columns");
    }
    throw new RejectedBodyException(
        Reason.NO_FLOAT_OUTPUT,
        (sequences.isEmpty()
                ? "no column of numbers"
                : "more than one column of numbers: name one as vector")
            + "; columns are "
            + columnsOf(line).limit(8).map(Names::cut).toList());
  }

  private Optional<String> inputColumn(JsonValue.Obj line) {
    if (columns.containsKey(Field.INPUT)) {
      return Optional.of(columns.get(Field.INPUT));
    }
    List<String> texts =
        columnsOf(line)
            .filter(name -> typeOf(line, name).equals("text") && !isAnswer(line, name))
            .toList();
    return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
  }

  private Stream<String> columnsOf(JsonValue.Obj line) {
    Set<String> others = Set.of(META, ID, TIME);
    return line.members().keySet().stream()
        .filter(name -> !others.contains(name) && !columns.containsValue(name));
  }

  private static String typeOf(JsonValue.Obj line, String column) {
    Optional<JsonValue> schema = line.get(META).flatMap(meta -> meta.get("schema"));
    if (schema.isPresent()) {
      return schema
          .get()
          .get(column)
          .flatMap(of -> of.get("type"))
          .flatMap(JsonValue::text)
          .orElse("");
    }
    JsonValue value = line.members().get(column);
    return value instanceof JsonValue.Numbers
        ? "numerical_sequence"
        : value instanceof JsonValue.Str ? "text" : "";
  }

  private static boolean isAnswer(JsonValue.Obj line, String column) {
    return line.get(META)
        .flatMap(meta -> meta.get("schema"))
        .flatMap(schema -> schema.get(column))
        .flatMap(of -> of.get("role"))
        .flatMap(JsonValue::text)
        .filter(ANSWERS::contains)
        .isPresent();
  }

  private static ModelInput input(JsonValue value) {
    return value instanceof JsonValue.Str text
        ? new ModelInput.Text(text.value())
        : TextInputs.unreadable("input: expected a text, got " + value.kind());
  }
}
