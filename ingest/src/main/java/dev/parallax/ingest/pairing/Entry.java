package dev.parallax.ingest.pairing;

import dev.parallax.ingest.format.Side;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered of one call. */
sealed interface Entry {

  /** First byte of a half that waits. */
  byte WAITING = 1;

  /** First byte of a call that is over. */
  byte OVER = 2;

  /** The bytes in the store. */
  byte[] toBytes();

  /** The entry of these bytes. */
  static Entry of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.get();
    if (kind == WAITING) {
      long arrived = in.getLong();
      long deadline = in.getLong();
      long position = in.getLong();
      return new Waiting(
          arrived, deadline, position, Arrays.copyOfRange(bytes, in.position(), bytes.length));
    }
    if (kind == OVER) {
      return new Over(in.getLong(), in.get() != 0, origin(in), origin(in));
    }
    throw new IllegalArgumentException("entry of kind " + kind);
  }

  private static @Nullable Origin origin(ByteBuffer in) {
    if (in.get() == 0) {
      return null;
    }
    int partition = in.getInt();
    long offset = in.getLong();
    byte[] topic = new byte[in.getShort()];
    in.get(topic);
    return new Origin(new String(topic, StandardCharsets.US_ASCII), partition, offset);
  }

  /** A half without its other one yet. */
  final class Waiting implements Entry {
    final long arrived;
    final long deadline;
    final long position;
    final byte[] half;

    /**
     * A waiting half.
     *
     * @param arrived stream time of its arrival
     * @param deadline stream time at which it is given up
     * @param position its offset on the way here, by which it is counted once
     * @param half its bytes
     */
    Waiting(long arrived, long deadline, long position, byte[] half) {
      this.arrived = arrived;
      this.deadline = deadline;
      this.position = position;
      this.half = half;
    }

    @Override
    public byte[] toBytes() {
      return ByteBuffer.allocate(1 + 3 * Long.BYTES + half.length)
          .put(WAITING)
          .putLong(arrived)
          .putLong(deadline)
          .putLong(position)
          .put(half)
          .array();
    }
  }

  /**
   * A call that is over, remembered to tell its repeats.
   *
   * @param until stream time at which it is forgotten
   * @param paired whether both halves met and something came of it; if not, it may begin anew
   * @param request where its request came from; null if none came
   * @param response where its response came from; null if none came
   */
  record Over(long until, boolean paired, @Nullable Origin request, @Nullable Origin response)
      implements Entry {

    @Nullable Origin of(Side side) {
      return side == Side.REQUEST ? request : response;
    }

    Over with(Side side, Origin origin) {
      return side == Side.REQUEST
          ? new Over(until, paired, origin, response)
          : new Over(until, paired, request, origin);
    }

    @Override
    public byte[] toBytes() {
      ByteBuffer out =
          ByteBuffer.allocate(Byte.BYTES + Long.BYTES + 1 + size(request) + size(response));
      out.put(OVER).putLong(until).put((byte) (paired ? 1 : 0));
      put(out, request);
      put(out, response);
      return out.array();
    }

    private static int size(@Nullable Origin origin) {
      return origin == null
          ? 1
          : 1 + Integer.BYTES + Long.BYTES + Short.BYTES + origin.topic().length();
    }

    private static void put(ByteBuffer out, @Nullable Origin origin) {
      if (origin == null) {
        out.put((byte) 0);
        return;
      }
      byte[] topic = origin.topic().getBytes(StandardCharsets.US_ASCII);
      out.put((byte) 1)
          .putInt(origin.partition())
          .putLong(origin.offset())
          .putShort((short) topic.length)
          .put(topic);
    }
  }
}
