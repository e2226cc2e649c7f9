package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DtypeTest {

  @Test
  void everyBitOfA32BitFloatSurvives() {
    float[] values = {0f, -0f, 1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, -1e-20f};

    assertThat(WireVector.of(values).toFloats()).isEqualTo(values);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0x0000, 0.0",
    "0x8000, -0.0",
    "0x0001, 5.9604644775390625E-8",
    "0x8001, -5.9604644775390625E-8",
    "0x03ff, 6.097555160522461E-5",
    "0x0400, 6.103515625E-5",
    "0x3555, 0.333251953125",
    "0x3c00, 1.0",
    "0x3c01, 1.0009765625",
    "0xc000, -2.0",
    "0x7bff, 65504.0",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7c01, NaN",
    "0xfe00, NaN"
  })
  void a16BitFloatHasTheValueOfIeee754(String bits, float value) {
    assertThat(widen(Dtype.F16, Integer.decode(bits))).isEqualTo(Float.valueOf(value));
  }

  @Test
  void every16BitFloatIsItsSignFractionAndExponent() {
    for (int bits = 0; bits < 0x10000; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double magnitude =
          exponent == 31
              ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
              : exponent == 0
                  ? fraction * Math.pow(2, -24)
                  : (1024 + fraction) * Math.pow(2, exponent - 25);
      double value = bits >> 15 == 0 ? magnitude : -magnitude;

      assertThat(widen(Dtype.F16, bits)).isEqualTo(Float.valueOf((float) value));
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0x0000, 0.0",
    "0x8000, -0.0",
    "0x3f80, 1.0",
    "0xbfc0, -1.5",
    "0x0001, 9.183549615799121E-41",
    "0x7f7f, 3.3895313892515355E38",
    "0x7f80, Infinity",
    "0xff80, -Infinity",
    "0x7fc0, NaN"
  })
  void aBrainFloatIsTheUpperHalfOfA32BitFloat(String bits, float value) {
    assertThat(widen(Dtype.BF16, Integer.decode(bits))).isEqualTo(Float.valueOf(value));
  }

  @Test
  void aByteIsScaledFromItsZeroPoint() {
    WireVector vector = new WireVector(new byte[] {-128, -1, 0, 10, 127}, Dtype.I8, 5, 0.25f, 10);

    assertThat(vector.toFloats()).containsExactly(-34.5f, -2.75f, -2.5f, 0f, 29.25f);
  }

  @Test
  void aByteFarFromItsZeroPointDoesNotWrapAround() {
    WireVector vector = new WireVector(new byte[] {127}, Dtype.I8, 1, 1f, Integer.MIN_VALUE);

    assertThat(vector.toFloats()[0]).isEqualTo(2147483775f);
  }

  @ParameterizedTest
  @EnumSource
  void aFormatIsFoundByItsWireValue(Dtype dtype) {
    assertThat(Dtype.ofWireValue(dtype.wireValue())).contains(dtype);
    assertThat(Dtype.ofWireValue(4)).isEmpty();
    assertThat(Dtype.ofWireValue(-1)).isEmpty();
  }

  private static float widen(Dtype dtype, int bits) {
    byte[] data =
        ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) bits).array();
    return new WireVector(data, dtype, 1, 0, 0).toFloats()[0];
  }
}
