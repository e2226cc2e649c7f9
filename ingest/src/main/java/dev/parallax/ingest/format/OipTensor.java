package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tensor of the Open Inference Protocol, whatever it was written in.
 *
 * @param name its name
 * @param datatype such as {@code FP32} or {@code BYTES}; not checked
 * @param shape lengths of its axes, at most {@value #MAX_AXES} of them, none negative
 * @param data its elements; their number is checked by {@link #checkCount()} alone
 */
record OipTensor(String name, String datatype, List<Long> shape, OipData data) {

  /** Most axes. */
  static final int MAX_AXES = 8;

  private static final int MAX_SHOWN = 64;

  private static final Set<String> FLOATS = Set.of("FP16", "BF16", "FP32", "FP64");

  /**
   * Copies the shape.
   *
   * @throws IllegalArgumentException if it has too many axes or a negative length; readers check
   *     before
   */
  OipTensor {
    shape = List.copyOf(shape);
    if (shape.size() > MAX_AXES || shape.stream().anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException("expected up to 8 axes of 0 or more, got " + shape);
    }
  }

  /** Whether its datatype is one of floats. */
  boolean isFloat() {
    return FLOATS.contains(datatype);
  }

  /** How many axes. */
  int axes() {
    return shape.size();
  }

  /** Length of the last axis, 1 where there is none. */
  long width() {
    return shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
  }

  /**
   * Checks that there are as many elements as the shape asks for.
   *
   * @throws RejectedBodyException {@code missing-field} without data, {@code dimension-mismatch}
   *     for another number of elements
   */
  void checkCount() throws RejectedBodyException {
    if (data instanceof OipData.Absent absent) {
      throw new RejectedBodyException(
          Reason.MISSING_FIELD, "tensor " + this + " has no data: " + absent.why());
    }
    long expected = 1;
    for (long length : shape) {
      // Either factor over an int means more elements than any body has: no overflow beyond this.
      expected = Math.min(length, 1L << 31) * Math.min(expected, 1L << 31);
    }
    if (expected != data.count()) {
      throw new RejectedBodyException(
          Reason.DIMENSION_MISMATCH, "tensor " + this + " has " + data.count() + " elements");
    }
  }

  /** Name, datatype and shape, such as {@code OUTPUT0 INT32[1,16]}; long names are cut. */
  @Override
  public String toString() {
    return cut(name)
        + " "
        + cut(datatype)
        + shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private static String cut(String name) {
    return name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
  }
}
