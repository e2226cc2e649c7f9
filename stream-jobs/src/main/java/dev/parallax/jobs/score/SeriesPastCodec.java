package dev.parallax.jobs.score;

import dev.parallax.core.drift.BaselineHistory;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link SeriesPast}. */
public enum SeriesPastCodec implements Codec<SeriesPast> {
  /** The codec. */
  INSTANCE;

  /** Series, whether it has begun, the records as those of the topic. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<SeriesPast> type() {
    return SeriesPast.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(SeriesPast past, DataOutput out) throws IOException {
    Wire.writeSeries(past.series(), out);
    out.writeBoolean(past.history().isBegun());
    out.writeInt(past.history().records().size());
    for (BaselineRecord record : past.history().records()) {
      Wire.writeBytes(BaselineWire.write(record), out);
    }
  }

  @Override
  public SeriesPast read(byte version, DataInput in) throws IOException {
    Series series = Wire.readSeries(in);
    boolean begun = in.readBoolean();
    int count = in.readInt();
    List<BaselineRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          BaselineWire.readRecord(Wire.readBytes(in))
              .orElseThrow(() -> new IOException("expected a baseline, got an order")));
    }
    BaselineHistory history = BaselineHistory.of(records);
    return new SeriesPast(series, begun ? history.begun() : history);
  }
}
