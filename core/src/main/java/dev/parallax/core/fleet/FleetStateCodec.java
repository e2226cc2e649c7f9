package dev.parallax.core.fleet;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.FleetState.Flag;
import dev.parallax.core.fleet.FleetState.Member;
import dev.parallax.core.window.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bytes of {@link FleetState}, with a version in front. */
public final class FleetStateCodec {

  /** Series with verdict, evidence and silence; then flagged units with time and cause. */
  private static final byte VERSION_1 = 1;

  private FleetStateCodec() {}

  /** Writes a state. */
  public static void write(FleetState state, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeInt(state.series().size());
    for (Map.Entry<Series, Member> entry : state.series().entrySet()) {
      Series series = entry.getKey();
      out.writeUTF(series.model());
      out.writeUTF(series.version());
      out.writeUTF(series.reference());
      out.writeUTF(series.slice());
      Member member = entry.getValue();
      out.writeUTF(member.verdict().label());
      out.writeBoolean(member.evidenceLog10().isPresent());
      if (member.evidenceLog10().isPresent()) {
        out.writeDouble(member.evidenceLog10().getAsDouble());
      }
      out.writeLong(member.silentSince());
    }
    out.writeInt(state.flagged().size());
    for (Map.Entry<Unit, Flag> entry : state.flagged().entrySet()) {
      out.writeUTF(entry.getKey().model());
      out.writeUTF(entry.getKey().version());
      out.writeLong(entry.getValue().since());
      out.writeBoolean(entry.getValue().commonCause());
    }
  }

  /**
   * Reads a state.
   *
   * @throws IOException if the bytes are of a version that this build does not know
   */
  public static FleetState read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("fleet state: expected version " + VERSION_1 + ", got " + version);
    }
    SortedMap<Series, Member> series = new TreeMap<>();
    int members = in.readInt();
    for (int i = 0; i < members; i++) {
      series.put(
          new Series(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()),
          new Member(
              Verdict.ofLabel(in.readUTF()),
              in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty(),
              in.readLong()));
    }
    SortedMap<Unit, Flag> flagged = new TreeMap<>();
    int flags = in.readInt();
    for (int i = 0; i < flags; i++) {
      flagged.put(new Unit(in.readUTF(), in.readUTF()), new Flag(in.readLong(), in.readBoolean()));
    }
    return new FleetState(series, flagged);
  }
}
