package dev.parallax.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FleetStateCodecTest {

  private static byte[] golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            FleetStateCodecTest.class.getResourceAsStream("/golden/fleet-state-v1.bin"))) {
      return in.readAllBytes();
    }
  }

  private static FleetState read(byte[] bytes) throws IOException {
    return FleetStateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @Test
  void bytesOfVersion1AreReadAndWrittenAsTheyWere() throws IOException {
    assertThat(read(golden())).isEqualTo(FleetScenario.everything());
    assertThat(FleetScenario.bytes(FleetScenario.everything())).isEqualTo(golden());
  }

  @Test
  void anUnknownVersionIsRefused() throws IOException {
    byte[] bytes = golden();
    bytes[0] = 2;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("fleet state: expected version 1, got 2");
  }

  @Test
  void truncatedBytesAreRefused() throws IOException {
    byte[] bytes = golden();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);

      assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }
  }
}
