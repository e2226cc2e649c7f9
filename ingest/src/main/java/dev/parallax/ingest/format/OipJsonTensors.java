package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tensors as the Open Inference Protocol writes them in JSON.
 *
 * <p>Data may be flat or nested as the shape says, or flat from some axis on. Booleans are read as
 * 1 and 0, a null among numbers as NaN. What is wrong with the data of a tensor is told when the
 * tensor is used.
 */
final class OipJsonTensors {

  private static final int MAX_TENSORS = 256;
  private static final double MAX_LENGTH = 1L << 53;

  private OipJsonTensors() {}

  /**
   * The tensors in a list, at least one.
   *
   * @param list name of the list, {@code inputs} or {@code outputs}
   * @throws RejectedBodyException if something in it is not a tensor
   */
  static List<OipTensor> of(String list, JsonValue value) throws RejectedBodyException {
    Optional<List<JsonValue>> elements = value.elements();
    if (elements.isEmpty() || elements.get().isEmpty()) {
      throw new RejectedBodyException(
          Reason.MALFORMED, list + ": expected a list of tensors, got " + value.kind());
    }
    if (elements.get().size() > MAX_TENSORS) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE, list + " has " + elements.get().size() + " tensors, limit 256");
    }
    List<OipTensor> tensors = new ArrayList<>(elements.get().size());
    for (JsonValue element : elements.get()) {
      tensors.add(tensor(list + "[" + tensors.size() + "]", element));
    }
    return tensors;
  }

  /**
   * Name, datatype and shape of a tensor, without its data.
   *
   * @param where it stands, for messages
   * @throws RejectedBodyException if it is not a tensor
   */
  static OipTensor head(String where, JsonValue value, OipData data) throws RejectedBodyException {
    return new OipTensor(
        required(where, value, "name").text().orElseThrow(() -> notText(where, "name")),
        required(where, value, "datatype").text().orElseThrow(() -> notText(where, "datatype")),
        shape(where, required(where, value, "shape")),
        data);
  }

  private static OipTensor tensor(String where, JsonValue value) throws RejectedBodyException {
    Optional<JsonValue> data = value.get("data");
    OipTensor head = head(where, value, new OipData.Absent("expected data"));
    if (data.isEmpty()) {
      boolean binary =
          value.get("parameters").flatMap(of -> of.get("binary_data_size")).isPresent();
      return binary ? head.with(new OipData.Absent("it is binary, behind the JSON")) : head;
    }
    return head.with(new Reading(head).read(data.get()));
  }

  private static JsonValue required(String where, JsonValue tensor, String member)
      throws RejectedBodyException {
    return tensor
        .get(member)
        .orElseThrow(
            () ->
                tensor instanceof JsonValue.Obj
                    ? new RejectedBodyException(Reason.MISSING_FIELD, where + " has no " + member)
                    : new RejectedBodyException(
                        Reason.MALFORMED, where + ": expected a tensor, got " + tensor.kind()));
  }

  private static RejectedBodyException notText(String where, String member) {
    return new RejectedBodyException(Reason.MALFORMED, member + " of " + where + " is no text");
  }

  private static List<Long> shape(String where, JsonValue value) throws RejectedBodyException {
    if (value instanceof JsonValue.Arr none && none.values().isEmpty()) {
      return List.of();
    }
    if (!(value instanceof JsonValue.Numbers axes)
        || !axes.areIntegers()
        || axes.size() > OipTensor.MAX_AXES) {
      throw new RejectedBodyException(
          Reason.MALFORMED,
          "shape of " + where + ": expected up to 8 whole numbers, got " + value.kind());
    }
    List<Long> shape = new ArrayList<>(axes.size());
    for (int i = 0; i < axes.size(); i++) {
      if (axes.at(i) < 0 || axes.at(i) > MAX_LENGTH) {
        throw new RejectedBodyException(
            Reason.MALFORMED, "shape of " + where + ": expected lengths of 0 or more");
      }
      shape.add((long) axes.at(i));
    }
    return shape;
  }

  /** Collects the elements of one tensor. */
  private static final class Reading {
    private final OipTensor tensor;
    private final List<String> texts = new ArrayList<>();
    private double[] numbers = new double[0];
    private int count;

    Reading(OipTensor tensor) {
      this.tensor = tensor;
    }

    OipData read(JsonValue data) {
      try {
        collect(data, 0);
      } catch (RejectedBodyException e) {
        return new OipData.Faulty(e.rejection());
      }
      if (texts.isEmpty()) {
        return new OipData.Numbers(
            count == numbers.length ? numbers : Arrays.copyOf(numbers, count));
      }
      return count == 0
          ? new OipData.Texts(texts)
          : new OipData.Faulty(
              new Rejection(Reason.MALFORMED, "tensor " + tensor + " mixes texts and numbers"));
    }

    private void collect(JsonValue value, int axis) throws RejectedBodyException {
      if (value instanceof JsonValue.Numbers packed) {
        checkLength(packed.size(), axis, true);
        reserve(packed.size());
        for (int i = 0; i < packed.size(); i++) {
          numbers[count++] = packed.at(i);
        }
      } else if (value instanceof JsonValue.Arr array) {
        List<JsonValue> values = array.values();
        checkLength(values.size(), axis, values.isEmpty() || !isArray(values.get(0)));
        for (JsonValue element : values) {
          if (isArray(element) != isArray(values.get(0))) {
            throw new RejectedBodyException(
                Reason.DIMENSION_MISMATCH, "tensor " + tensor + " is nested unevenly");
          }
          collect(element, axis + 1);
        }
      } else {
        element(value);
      }
    }

    private void element(JsonValue value) throws RejectedBodyException {
      if (value instanceof JsonValue.Str text) {
        texts.add(text.value());
      } else if (value instanceof JsonValue.Num number) {
        add(number.value());
      } else if (value instanceof JsonValue.Bool bool) {
        add(bool.value() ? 1 : 0);
      } else if (value instanceof JsonValue.Nil) {
        add(Double.NaN);
      } else {
        throw new RejectedBodyException(
            Reason.MALFORMED, "tensor " + tensor + " has an element that is an " + value.kind());
      }
    }

    /** Checks an array at depth {@code axis}, which holds elements or the arrays of next axis. */
    private void checkLength(int length, int axis, boolean ofElements)
        throws RejectedBodyException {
      boolean tooDeep = ofElements ? axis >= Math.max(tensor.axes(), 1) : axis >= tensor.axes();
      if (tooDeep || length != (ofElements ? tensor.elements(axis) : tensor.shape().get(axis))) {
        throw new RejectedBodyException(
            Reason.DIMENSION_MISMATCH,
            "tensor " + tensor + " has an array of " + length + " at axis " + axis);
      }
    }

    private void add(double number) {
      reserve(1);
      numbers[count++] = number;
    }

    private void reserve(int more) {
      if (count + more > numbers.length) {
        int room = count == 0 ? more : Math.max(count + more, 2 * count);
        numbers = Arrays.copyOf(numbers, room);
      }
    }

    private static boolean isArray(JsonValue value) {
      return value instanceof JsonValue.Arr || value instanceof JsonValue.Numbers;
    }
  }
}
