package dev.parallax.ingest.pairing;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.pairing.Half.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of a {@link Half} on the way to its pairing and while it waits there. They are read by
 * the version that wrote them and by later ones, never by strangers.
 */
public final class HalfCodec {

  /** Version 1: everything that {@link Half} holds, in the order of its components. */
  private static final int VERSION = 1;

  private static final int ASKED = 0;
  private static final int ANSWERED = 1;
  private static final int REFUSED = 0;
  private static final int GOOD = 1;

  private HalfCodec() {}

  /** The bytes of {@code half}. */
  public static byte[] encode(Half half) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, half);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The half of these bytes.
   *
   * @throws IllegalArgumentException if another version wrote them, or nobody
   */
  public static Half decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("half of a call: expected version 1, got " + version);
      }
      return read(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("half of a call: cut short at " + bytes.length, e);
    }
  }

  private static void write(DataOutputStream out, Half half) throws IOException {
    text(out, half.origin().topic());
    out.writeInt(half.origin().partition());
    out.writeLong(half.origin().offset());
    out.writeBoolean(half.retry());
    out.writeLong(half.timeMillis());
    text(out, half.source());
    text(out, half.names().id());
    text(out, half.names().model());
    text(out, half.names().version());
    Map<String, String> attributes = new TreeMap<>(half.attributes());
    out.writeInt(attributes.size());
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      text(out, attribute.getKey());
      text(out, attribute.getValue());
    }
    if (half.content() instanceof Content.Asked asked) {
      out.writeByte(ASKED);
      out.writeInt(asked.inputs().size());
      for (KeyedInput input : asked.inputs()) {
        input(out, input);
      }
    } else if (half.content() instanceof Content.Answered answered) {
      out.writeByte(ANSWERED);
      out.writeInt(answered.outputs().size());
      for (ModelOutput output : answered.outputs()) {
        output(out, output);
      }
    }
  }

  private static Half read(DataInputStream in) throws IOException {
    Origin origin = new Origin(text(in), in.readInt(), in.readLong());
    boolean retry = in.readBoolean();
    long timeMillis = in.readLong();
    Optional<String> source = optionalText(in);
    CallNames names = new CallNames(optionalText(in), optionalText(in), optionalText(in));
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      attributes.put(text(in), text(in));
    }
    return new Half(origin, retry, timeMillis, source, names, attributes, content(in));
  }

  private static Content content(DataInputStream in) throws IOException {
    boolean asked = in.readByte() == ASKED;
    int rows = in.readInt();
    List<KeyedInput> inputs = new ArrayList<>();
    List<ModelOutput> outputs = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      if (asked) {
        inputs.add(input(in));
      } else {
        outputs.add(output(in));
      }
    }
    return asked ? new Content.Asked(inputs) : new Content.Answered(outputs);
  }

  private static void input(DataOutputStream out, KeyedInput input) throws IOException {
    if (input instanceof KeyedInput.Refused refused) {
      out.writeByte(REFUSED);
      rejection(out, refused.rejection());
    } else if (input instanceof KeyedInput.Keyed keyed) {
      out.writeByte(GOOD);
      out.write(keyed.key().toBytes());
      text(out, keyed.text());
      out.writeBoolean(keyed.tensor().isPresent());
      if (keyed.tensor().isPresent()) {
        vector(out, keyed.tensor().get().vector());
        out.writeInt(keyed.tensor().get().shape().size());
        for (int length : keyed.tensor().get().shape()) {
          out.writeInt(length);
        }
      }
    }
  }

  private static KeyedInput input(DataInputStream in) throws IOException {
    if (in.readByte() == REFUSED) {
      return new KeyedInput.Refused(rejection(in));
    }
    InputKey key = new InputKey(in.readLong(), in.readLong());
    Optional<String> text = optionalText(in);
    if (!in.readBoolean()) {
      return new KeyedInput.Keyed(key, text, Optional.empty());
    }
    WireVector vector = vector(in);
    List<Integer> shape = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      shape.add(in.readInt());
    }
    return new KeyedInput.Keyed(key, text, Optional.of(new InputTensor(vector, shape)));
  }

  private static void output(DataOutputStream out, ModelOutput output) throws IOException {
    if (output instanceof ModelOutput.Unusable unusable) {
      out.writeByte(REFUSED);
      rejection(out, unusable.rejection());
    } else if (output instanceof ModelOutput.Embedding embedding) {
      out.writeByte(GOOD);
      vector(out, embedding.vector());
    }
  }

  private static ModelOutput output(DataInputStream in) throws IOException {
    return in.readByte() == REFUSED
        ? new ModelOutput.Unusable(rejection(in))
        : new ModelOutput.Embedding(vector(in));
  }

  private static void vector(DataOutputStream out, WireVector vector) throws IOException {
    out.writeByte(vector.dtype().wireValue());
    out.writeInt(vector.dimension());
    out.writeFloat(vector.scale());
    out.writeInt(vector.zeroPoint());
    out.write(vector.toBytes());
  }

  private static WireVector vector(DataInputStream in) throws IOException {
    int wireValue = in.readByte();
    Dtype dtype =
        Dtype.ofWireValue(wireValue)
            .orElseThrow(() -> new IllegalArgumentException("number format " + wireValue));
    int dimension = in.readInt();
    float scale = in.readFloat();
    int zeroPoint = in.readInt();
    byte[] data = in.readNBytes(dimension * dtype.bytes());
    return new WireVector(data, dtype, dimension, scale, zeroPoint);
  }

  private static void rejection(DataOutputStream out, Rejection rejection) throws IOException {
    text(out, rejection.reason().name());
    text(out, rejection.detail());
  }

  private static Rejection rejection(DataInputStream in) throws IOException {
    return new Rejection(Reason.valueOf(text(in)), text(in));
  }

  private static void text(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      text(out, text.get());
    }
  }

  private static Optional<String> optionalText(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] utf8 = in.readNBytes(length);
    if (utf8.length < length) {
      throw new IOException("text of " + length + " bytes");
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
