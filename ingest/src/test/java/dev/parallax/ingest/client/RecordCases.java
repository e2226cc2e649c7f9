package dev.parallax.ingest.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EmbeddingEvent.AttachedReference;
import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.TestEvents;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Events with the records that {@link NativeEventRecord} makes of them, and texts with their keys,
 * as lines of JSON that {@code check_records.py} reads.
 */
final class RecordCases {

  /** Pieces of texts that two implementations may well treat differently. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          "?",
          "|",
          "é",
          "e\u0301",
          "\u00c5",
          "\u212b",
          "A\u030a",
          "q\u0307\u0323",
          "q\u0323\u0307",
          "\ufb01",
          "\uac00",
          "\u1100\u1161",
          "\u1100\u1161\u11a8",
          "\u0958",
          "\uf900",
          "\u2126",
          "東京",
          "🚄",
          "\ud834\udd5e",
          "\ud83d",
          "\ude84",
          "\ufeff",
          "\u200b",
          "\u180e",
          "\u0000",
          "\t",
          "\n",
          "\u000b",
          "\f",
          "\r",
          "\u001b",
          "\u001c",
          "\u001d",
          "\u001e",
          "\u001f",
          " ",
          "\u0085",
          "\u00a0",
          "\u1680",
          "\u2000",
          "\u2007",
          "\u200a",
          "\u2028",
          "\u2029",
          "\u202f",
          "\u205f",
          "\u3000");

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private RecordCases() {}

  /** A vector with the bytes that a {@link WireVector} does not show. */
  record Elements(byte[] data, Dtype dtype, float scale, int zeroPoint) {

    WireVector toVector() {
      return new WireVector(data, dtype, data.length / dtype.bytes(), scale, zeroPoint);
    }

    static Elements f32(float... values) {
      ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(values);
      return new Elements(buffer.array(), Dtype.F32, 1, 0);
    }

    static Elements of(Dtype dtype, String hex) {
      return new Elements(HexFormat.of().parseHex(hex), dtype, 1, 0);
    }

    static Elements i8(float scale, int zeroPoint, String hex) {
      return new Elements(HexFormat.of().parseHex(hex), Dtype.I8, scale, zeroPoint);
    }
  }

  /** An event, field by field. */
  record Case(
      String model,
      String modelVersion,
      Elements vector,
      Optional<InputKey> inputKey,
      Optional<String> inputText,
      Optional<Elements> tensor,
      List<Integer> shape,
      Optional<Elements> reference,
      Map<String, String> attributes,
      boolean probe,
      String id,
      long timeMillis) {

    EmbeddingEvent event() {
      return new EmbeddingEvent(
          model,
          modelVersion,
          vector.toVector(),
          inputKey,
          inputText,
          tensor.map(elements -> new InputTensor(elements.toVector(), shape)),
          reference.map(elements -> new AttachedReference("minilm-v1", elements.toVector())),
          attributes,
          probe);
    }

    Case withVector(Elements other) {
      return new Case(
          model,
          modelVersion,
          other,
          inputKey,
          inputText,
          tensor,
          shape,
          reference,
          attributes,
          probe,
          id,
          timeMillis);
    }

    Case withText(String text) {
      return new Case(
          model,
          modelVersion,
          vector,
          Optional.empty(),
          Optional.of(text),
          tensor,
          shape,
          reference,
          attributes,
          probe,
          id,
          timeMillis);
    }

    Case withAttributes(Map<String, String> other) {
      return new Case(
          model,
          modelVersion,
          vector,
          inputKey,
          inputText,
          tensor,
          shape,
          reference,
          other,
          true,
          id,
          timeMillis);
    }

    Case withTensor(Elements elements, Integer... lengths) {
      return new Case(
          model,
          modelVersion,
          vector,
          inputKey,
          inputText,
          Optional.of(elements),
          List.of(lengths),
          Optional.of(elements),
          attributes,
          probe,
          id,
          timeMillis);
    }
  }

  /** One case of everything that an event may hold. */
  static List<Case> table() {
    Case plain =
        new Case(
            "search/embedder",
            "2026-11",
            Elements.f32(0.25f, -1.5f, Float.MIN_VALUE, 3.4e38f, -0f),
            Optional.of(new InputKey(0x0123456789abcdefL, 0xfedcba9876543210L)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Map.of(),
            false,
            "3f0c9f9e-7a57-4d8e-9d3e-0a7b3c9d1e2f",
            1_795_342_530_120L);
    return List.of(
        plain,
        plain.withVector(Elements.of(Dtype.F16, "003cff7b010000800034")),
        plain.withVector(Elements.of(Dtype.BF16, "803f7f7f0100008049c0")),
        plain.withVector(Elements.i8(0.1f, -3, "00017f80ff")),
        plain.withVector(Elements.i8(2f, 2_000_000_000, "7f")),
        plain.withVector(Elements.i8(0.0078125f, 0, "7f80")),
        plain.withText(""),
        plain.withText(" Grüße  aus\u00a0東京 🚄 "),
        plain.withText("e\u0301 und \u212b, nicht normalisiert"),
        plain.withAttributes(
            Map.of(
                "region",
                "eu-west",
                "tenant",
                "größe",
                "empty",
                "",
                "Region",
                "e\u0301",
                "\ufb01",
                "after the next by code unit",
                "😀",
                "before it")),
        plain.withTensor(Elements.f32(1, 2, 3, 4, 5, 6), 2, 3),
        plain.withTensor(Elements.i8(0.5f, 3, "00000000"), 1, 2, 1, 2),
        plain.withTensor(Elements.of(Dtype.F16, "0000"), new Integer[0]),
        random(new Random(1), 300).withText("long"));
  }

  /** An event of arbitrary parts, among them texts that are not well-formed. */
  static Case random(Random random, int width) {
    Elements tensor = elements(random, 6);
    return new Case(
        "m" + text(random, 5),
        "v" + text(random, 3),
        elements(random, width),
        random.nextBoolean()
            ? Optional.of(new InputKey(random.nextLong(), random.nextLong()))
            : Optional.empty(),
        random.nextBoolean() ? Optional.of(text(random, 20)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(tensor) : Optional.empty(),
        List.of(2, 3),
        random.nextBoolean() ? Optional.of(elements(random, 4)) : Optional.empty(),
        attributes(random),
        random.nextBoolean(),
        "id " + text(random, 4),
        1_795_342_530_000L + random.nextInt(100_000));
  }

  static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static Map<String, String> attributes(Random random) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      attributes.put(i + text(random, 3), text(random, 3));
      attributes.put(text(random, 1) + i, "");
    }
    return attributes;
  }

  private static Elements elements(Random random, int width) {
    Dtype dtype = Dtype.values()[random.nextInt(4)];
    byte[] data = new byte[width * dtype.bytes()];
    random.nextBytes(data);
    // Clears the exponents' lowest bit, which leaves neither infinities nor NaNs.
    for (int i = dtype.bytes() - 1; i < data.length; i += dtype.bytes()) {
      data[i] &= dtype == Dtype.I8 ? (byte) 0xff : (byte) 0xbb;
    }
    return dtype == Dtype.I8
        ? new Elements(data, dtype, random.nextFloat(), random.nextInt(257) - 128)
        : new Elements(data, dtype, 1, 0);
  }

  /** The case and the record that Java makes of it, one line. */
  static String json(Case example) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("model", example.model());
      json.writeStringField("modelVersion", example.modelVersion());
      writeElements(json, "vector", example.vector(), List.of());
      if (example.inputKey().isPresent()) {
        json.writeStringField("inputKey", example.inputKey().get().toString());
      }
      if (example.inputText().isPresent()) {
        json.writeStringField("inputText", example.inputText().get());
      }
      if (example.tensor().isPresent()) {
        writeElements(json, "inputTensor", example.tensor().get(), example.shape());
      }
      if (example.reference().isPresent()) {
        writeElements(json, "reference", example.reference().get(), List.of());
      }
      json.writeObjectFieldStart("attributes");
      for (String name : example.attributes().keySet().stream().sorted().toList()) {
        json.writeStringField(name, example.attributes().get(name));
      }
      json.writeEndObject();
      json.writeBooleanField("probe", example.probe());
      json.writeStringField("id", example.id());
      json.writeStringField("source", "/search/embedder-7");
      json.writeNumberField("timeMillis", example.timeMillis());
      writeRecord(
          json,
          NativeEventRecord.of(
              example.event(), example.id(), "/search/embedder-7", example.timeMillis(), "topic"));
      json.writeEndObject();
    }
    return out.toString();
  }

  /** A text with its canonical form and its key, one line. */
  static String json(String text, byte[] secret) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("secret", HexFormat.of().formatHex(secret));
      json.writeStringField("text", text);
      json.writeStringField("canonical", wellFormed(InputKeyHasher.canonical(text)));
      json.writeStringField("key", new InputKeyHasher(secret).keyOf(text).toString());
      json.writeEndObject();
    }
    return out.toString();
  }

  private static String wellFormed(String text) {
    return new String(TestEvents.utf8(text), StandardCharsets.UTF_8);
  }

  private static void writeElements(
      JsonGenerator json, String name, Elements elements, List<Integer> shape) throws IOException {
    json.writeObjectFieldStart(name);
    if (name.equals("reference")) {
      json.writeStringField("id", "minilm-v1");
    }
    json.writeStringField("data", HexFormat.of().formatHex(elements.data()));
    json.writeStringField("dtype", elements.dtype().name());
    if (elements.dtype() == Dtype.I8) {
      json.writeNumberField("scale", elements.scale());
      json.writeNumberField("zeroPoint", elements.zeroPoint());
    }
    if (name.equals("inputTensor")) {
      json.writeArrayFieldStart("shape");
      for (int length : shape) {
        json.writeNumber(length);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeRecord(JsonGenerator json, ProducerRecord<byte[], byte[]> record)
      throws IOException {
    json.writeObjectFieldStart("record");
    json.writeStringField("key", HexFormat.of().formatHex(record.key()));
    json.writeStringField("value", HexFormat.of().formatHex(record.value()));
    json.writeArrayFieldStart("headers");
    for (Header header : record.headers()) {
      json.writeStartArray();
      json.writeString(header.key());
      json.writeString(HexFormat.of().formatHex(header.value()));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
