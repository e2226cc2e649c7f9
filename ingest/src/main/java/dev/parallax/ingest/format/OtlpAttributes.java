package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What OTLP means the same by in JSON and in Protobuf. */
final class OtlpAttributes {

  /** The status code of a span that failed. */
  static final int STATUS_ERROR = 2;

  /** A vector of vectors. */
  static final ModelOutput NESTED =
      Vectors.unusable(Reason.NOT_POOLED, "an array of arrays, expected one of numbers");

  /** A vector of something else. */
  static final ModelOutput NOT_NUMBERS =
      Vectors.unusable(Reason.NO_FLOAT_OUTPUT, "embedding.vector is no array of numbers");

  /** Bytes that are no vector. */
  static final ModelOutput NOT_F32 =
      Vectors.unusable(
          Reason.DIMENSION_MISMATCH, "embedding.vector: bytes that are not 4 for each element");

  private static final String SERVICE = "service.name";
  private static final int MAX_BYTES = 256;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private OtlpAttributes() {}

  /** Whether a resource's attribute of that name is the name of its service. */
  static boolean isService(String name) {
    return name.equals(SERVICE);
  }

  /** The attributes for slices: the service, if its name is there and not too long. */
  static Map<String, String> ofService(Optional<String> service) {
    return service
        .filter(
            name -> !name.isBlank() && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES)
        .map(name -> Map.of(SERVICE, name))
        .orElse(Map.of());
  }

  /** Milliseconds of a span's nanoseconds since 1970; empty for 0, which stands for unknown. */
  static OptionalLong millisOf(long nanos) {
    return nanos <= 0 ? OptionalLong.empty() : OptionalLong.of(nanos / NANOS_PER_MILLI);
  }

  /** An id in hexadecimal digits; empty if it is all zeros, which OTLP calls invalid. */
  static String hex(byte[] bytes, int start, int length) {
    String digits = HexFormat.of().formatHex(bytes, start, start + length);
    return digits.chars().allMatch(digit -> digit == '0') ? "" : digits;
  }
}
