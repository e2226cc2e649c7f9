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

  /** This tensor with other data. */
  OipTensor with(OipData other) {
    return new OipTensor(name, datatype, shape, other);
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
   * How many elements the axes from {@code axis} on make up, 1 if there are none; some number over
   * {@link Integer#MAX_VALUE} if more than that.
   */
  long elements(int axis) {
    long product = 1;
    for (long length : shape.subList(axis, shape.size())) {
      product = Math.min(length, 1L << 31) * Math.min(product, 1L << 31);
    }
    return product;
  }

  /**
   * Checks that there are as many elements as the shape asks for.
   *
   * @throws RejectedBodyException {@code missing-field} without data, {@code dimension-mismatch}
   *     for another number of elements, or what else is wrong with the data
   */
  void checkCount() throws RejectedBodyException {
    if (data instanceof OipData.Absent absent) {
      throw new RejectedBodyException(
          Reason.MISSING_FIELD, "tensor " + this + " has no data: " + absent.why());
    }
    if (data instanceof OipData.Faulty faulty) {
      throw new RejectedBodyException(faulty.why());
    }
    if (elements(0) != data.count()) {
      throw new RejectedBodyException(
          Reason.DIMENSION_MISMATCH, "tensor " + this + " has " + data.count() + " elements");
    }
  }

  /** Name, datatype and shape, such as {@code OUTPUT0 INT32[1,16]}; long names are cut. */
  @Override
  public String toString() {
    return Names.cut(name)
        + " "
        + Names.cut(datatype)
        + shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
