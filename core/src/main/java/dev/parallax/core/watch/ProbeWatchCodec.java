package dev.parallax.core.watch;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeBaselineCodec;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.watch.ProbeAnswer.Cycle;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bytes of {@link ProbeWatchState}, with a version in front. */
public final class ProbeWatchCodec {

  /** Set, last cycle, verdict, open cycle, cycles to learn from, baseline with its name. */
  private static final byte VERSION_1 = 1;

  private ProbeWatchCodec() {}

  /** Writes a state. */
  public static void write(ProbeWatchState state, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeUTF(state.set());
    out.writeLong(state.closed());
    out.writeUTF(state.verdict().label());
    out.writeBoolean(state.open().isPresent());
    if (state.open().isPresent()) {
      OpenCycle open = state.open().get();
      out.writeLong(open.cycle().startMillis());
      out.writeUTF(open.cycle().set());
      out.writeInt(open.cycle().probes());
      writeCycle(open.answers(), out);
    }
    out.writeInt(state.learning().size());
    for (ProbeCycle cycle : state.learning()) {
      writeCycle(cycle, out);
    }
    out.writeBoolean(state.baseline().isPresent());
    if (state.baseline().isPresent()) {
      out.writeUTF(state.baselineId());
      ProbeBaselineCodec.write(state.baseline().get(), out);
    }
  }

  /**
   * Reads a state.
   *
   * @throws IOException if the bytes are of a version that this build does not know
   */
  public static ProbeWatchState read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("probe watch: expected version " + VERSION_1 + ", got " + version);
    }
    String set = in.readUTF();
    long closed = in.readLong();
    Verdict verdict = Verdict.ofLabel(in.readUTF());
    Optional<OpenCycle> open =
        in.readBoolean()
            ? Optional.of(
                new OpenCycle(new Cycle(in.readLong(), in.readUTF(), in.readInt()), readCycle(in)))
            : Optional.empty();
    int count = in.readInt();
    List<ProbeCycle> learning = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      learning.add(readCycle(in));
    }
    boolean armed = in.readBoolean();
    String id = armed ? in.readUTF() : "";
    Optional<ProbeBaseline> baseline =
        armed ? Optional.of(ProbeBaselineCodec.read(in)) : Optional.empty();
    return new ProbeWatchState(set, closed, open, learning, baseline, id, verdict);
  }

  private static void writeCycle(ProbeCycle cycle, DataOutput out) throws IOException {
    out.writeInt(cycle.size());
    out.writeInt(cycle.width());
    for (InputKey key : cycle.keys()) {
      out.writeLong(key.high());
      out.writeLong(key.low());
      for (float value : cycle.vector(key).orElseThrow()) {
        out.writeFloat(value);
      }
    }
  }

  private static ProbeCycle readCycle(DataInput in) throws IOException {
    int size = in.readInt();
    int width = in.readInt();
    Map<InputKey, float[]> vectors = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      InputKey key = new InputKey(in.readLong(), in.readLong());
      float[] vector = new float[width];
      for (int j = 0; j < width; j++) {
        vector[j] = in.readFloat();
      }
      vectors.put(key, vector);
    }
    return ProbeCycle.of(vectors);
  }
}
