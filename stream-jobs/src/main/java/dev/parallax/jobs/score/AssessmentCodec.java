package dev.parallax.jobs.score;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes of {@link Assessment}. */
public enum AssessmentCodec implements Codec<Assessment> {
  /** The codec. */
  INSTANCE;

  /** The fields of the score in their order, figures by name; then the alarm, if there is one. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<Assessment> type() {
    return Assessment.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(Assessment assessment, DataOutput out) throws IOException {
    writeScore(assessment.score(), out);
    out.writeBoolean(assessment.alarm().isPresent());
    if (assessment.alarm().isPresent()) {
      writeAlarm(assessment.alarm().get(), out);
    }
  }

  @Override
  public Assessment read(byte version, DataInput in) throws IOException {
    return new Assessment(
        readScore(in), in.readBoolean() ? Optional.of(readAlarm(in)) : Optional.empty());
  }

  private static void writeScore(Score score, DataOutput out) throws IOException {
    Wire.writeSeries(score.series(), out);
    out.writeLong(score.paneStart());
    out.writeLong(score.paneEnd());
    out.writeLong(score.windowStart());
    out.writeLong(score.pairs());
    out.writeLong(score.windowPairs());
    writeFigures(score.figures(), out);
    out.writeBoolean(score.baseline().isPresent());
    if (score.baseline().isPresent()) {
      out.writeUTF(score.baseline().get());
    }
    out.writeUTF(score.verdict().label());
    writeTexts(score.reasons(), out);
    Wire.writeCounts(score.counts(), out);
    writeProvenance(score.provenance(), out);
    out.writeUTF(score.sampleDigest());
  }

  private static Score readScore(DataInput in) throws IOException {
    return new Score(
        Wire.readSeries(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readFigures(in),
        in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty(),
        Verdict.ofLabel(in.readUTF()),
        readTexts(in),
        Wire.readCounts(in),
        readProvenance(in),
        in.readUTF());
  }

  private static void writeFigures(Figures figures, DataOutput out) throws IOException {
    Map<Figure, Double> stated = new EnumMap<>(Figure.class);
    figures.forEach(stated::put);
    out.writeInt(stated.size());
    for (Map.Entry<Figure, Double> figure : stated.entrySet()) {
      out.writeUTF(figure.getKey().name());
      out.writeDouble(figure.getValue());
    }
  }

  private static Figures readFigures(DataInput in) throws IOException {
    Figures.Builder figures = new Figures.Builder();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      figures.put(Figure.valueOf(in.readUTF()), in.readDouble());
    }
    return figures.build();
  }

  private static void writeProvenance(Provenance provenance, DataOutput out) throws IOException {
    out.writeUTF(provenance.parallax());
    out.writeUTF(provenance.config());
    out.writeUTF(provenance.reference());
    out.writeUTF(provenance.graph());
    out.writeUTF(provenance.provider());
    out.writeUTF(provenance.ort());
    out.writeUTF(provenance.isa());
    out.writeLong(provenance.seed());
  }

  private static Provenance readProvenance(DataInput in) throws IOException {
    return new Provenance(
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readLong());
  }

  private static void writeAlarm(Alarm alarm, DataOutput out) throws IOException {
    out.writeUTF(alarm.verdict().label());
    writeTexts(alarm.reasons(), out);
    out.writeBoolean(alarm.estimatedChange().isPresent());
    if (alarm.estimatedChange().isPresent()) {
      out.writeLong(alarm.estimatedChange().getAsLong());
    }
  }

  private static Alarm readAlarm(DataInput in) throws IOException {
    return new Alarm(
        Verdict.ofLabel(in.readUTF()),
        readTexts(in),
        in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty());
  }

  private static void writeTexts(List<String> texts, DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> readTexts(DataInput in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }
}
