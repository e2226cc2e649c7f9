package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, reading them gives a value and never throws. */
final class HostileBytesTest {

  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  @Test
  void anEventCutAtAnyByteIsReadOrRejected() {
    byte[] whole = EventCodec.encode(Events.full());
    int rejected = 0;
    for (int length = 0; length < whole.length; length++) {
      if (CODEC.decode(Arrays.copyOf(whole, length)) instanceof Decoded.Rejected) {
        rejected++;
      }
    }
    // A cut between two fields leaves a message that is valid: those are the last few fields.
    assertThat(rejected).isBetween(whole.length - 10, whole.length - 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aDamagedEventIsReadOrRejected(long seed) {
    Random random = new Random(seed);
    int rejected = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = EventCodec.encode(Events.random(random));
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes = damage(bytes, random);
      }
      if (CODEC.decode(bytes) instanceof Decoded.Accepted accepted) {
        byte[] again = EventCodec.encode(accepted.event());
        assertThat(CODEC.decode(again)).isInstanceOf(Decoded.Accepted.class);
      } else {
        rejected++;
      }
    }
    assertThat(rejected).isBetween(2_000, 19_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void noiseIsReadOrRejected(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      assertThat(CODEC.decode(bytes)).isNotNull();
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
        System.arraycopy(bytes, at, longer, longer.length - (bytes.length - at), bytes.length - at);
        return longer;
      }
      case 2 -> {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      }
      default -> {
        byte[] changed = bytes.clone();
        changed[at] = (byte) random.nextInt(256);
        return changed;
      }
    }
  }
}
