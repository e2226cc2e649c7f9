package dev.parallax.cli.ingest;

import dev.parallax.cli.ingest.DecodedLines.Line;
import dev.parallax.cli.ingest.HalfPairs.Entry;
import dev.parallax.cli.ingest.HalfPairs.Pair;
import dev.parallax.cli.ingest.RecordDecoder.Decoded;
import dev.parallax.cli.ingest.RecordFiles.Part;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.envelope.WrappedFile;
import dev.parallax.ingest.format.AmbiguousOutputException;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import dev.parallax.ingest.source.MessageReader.Found;
import dev.parallax.ingest.source.Reading;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Decodes files one after the other and prints what their records became, pairs as soon as they are
 * complete and the rest at the end.
 */
final class DecodeRun {

  /** No topic can be called that. */
  private static final String NO_TOPIC = "(none)";

  private static final String NO_MODEL = "unnamed";

  private final RecordDecoder decoder;
  private final boolean anyModel;
  private final DecodedLines lines;
  private final PrintStream out;
  private final HalfPairs pairs = new HalfPairs();
  private int printed;
  private int rejected;

  /**
   * A run.
   *
   * @param anyModel whether what names no model is shown all the same
   */
  DecodeRun(RecordDecoder decoder, boolean anyModel, DecodedLines lines, PrintStream out) {
    this.decoder = decoder;
    this.anyModel = anyModel;
    this.lines = lines;
    this.out = out;
  }

  /** Decodes a file. */
  void add(Path file) {
    RecordFiles.read(file).forEach(this::add);
  }

  /** Prints the halves that are still alone. */
  void finish() {
    for (Entry entry : pairs.alone()) {
      List<Line> alone =
          entry.side() == Side.REQUEST
              ? lines.request(entry.half(), entry.label())
              : lines.response(entry.half(), entry.label(), Optional.empty());
      alone.forEach(this::print);
    }
  }

  /** How many lines were printed. */
  int printed() {
    return printed;
  }

  /** How many of them say that something was turned away. */
  int rejected() {
    return rejected;
  }

  private void add(Part part) {
    try {
      add(part, decoder);
    } catch (AmbiguousOutputException e) {
      if (anyModel) {
        e.outputs().forEach(tensor -> showTensor(part, tensor));
      } else {
        print(DecodedLines.rejected(e.rejection(), part.label()));
      }
    } catch (RejectedBodyException e) {
      print(DecodedLines.rejected(e.rejection(), part.label()));
    }
  }

  /** Shows what a response would be with this tensor as its embeddings. */
  private void showTensor(Part part, String tensor) {
    try {
      SourceRecord record = WrappedFile.read(part.bytes(), NO_TOPIC, part.modifiedMillis());
      Optional<Decoded> decoded =
          decoder.withOutputTensor(tensor).decode(record, names(part, false));
      if (decoded.isPresent() && decoded.get().found() instanceof Found.OneHalf half) {
        lines.response(half.half(), part.label(), Optional.of(tensor)).forEach(this::print);
      }
    } catch (RejectedBodyException e) {
      print(DecodedLines.rejected(e.rejection(), part.label()));
    }
  }

  private void add(Part part, RecordDecoder with) throws RejectedBodyException {
    SourceRecord record = WrappedFile.read(part.bytes(), NO_TOPIC, part.modifiedMillis());
    boolean isBare = record.topic().equals(NO_TOPIC);
    CallNames otherwise = names(part, isBare);
    Optional<Decoded> decoded = with.decode(isBare ? with.onItsTopic(record) : record, otherwise);
    if (decoded.isEmpty()) {
      print(DecodedLines.leftOut(part.label()));
    } else if (decoded.get().found() instanceof Found.OneHalf half) {
      pairs
          .take(new Entry(part.label(), half.half(), otherwise, decoded.get(), isBare))
          .ifPresent(this::print);
    } else {
      print(((Found.Events) decoded.get().found()).readings(), part.label());
    }
  }

  private CallNames names(Part part, boolean isBare) {
    return new CallNames(
        isBare ? Optional.of(part.label()) : Optional.empty(),
        anyModel ? Optional.of(NO_MODEL) : Optional.empty(),
        Optional.empty());
  }

  private void print(Pair pair) {
    print(pair.events(decoder.assembler()), pair.response().label());
  }

  private void print(List<Reading> readings, String label) {
    for (Reading reading : readings) {
      if (reading instanceof Reading.Accepted event) {
        print(new Line(lines.event(event, label), false));
      } else if (reading instanceof Reading.Rejected no) {
        print(DecodedLines.rejected(no.rejection(), label));
      }
    }
  }

  private void print(Line line) {
    out.println(line.json());
    printed++;
    rejected += line.isRejection() ? 1 : 0;
  }
}
