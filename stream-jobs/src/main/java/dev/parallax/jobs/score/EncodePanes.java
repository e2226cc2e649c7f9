package dev.parallax.jobs.score;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.SampleDigest;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.reference.ReferenceVectors;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sink.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes the kept events of a pane and gives each its reference vector; rows come out
 * L2-normalised.
 *
 * <p>All rows of a pane have the width of its first row in hash order. A kept event that cannot be
 * decoded goes to the dead letters and is counted as rejected, one without a reference vector as
 * unmatched.
 */
public final class EncodePanes extends ProcessFunction<PaneSample, PairedPane> {

  private static final long serialVersionUID = 1L;

  private final ReferenceSettings settings;

  private transient EventCodec codec;
  private transient ReferenceVectors references;

  /** An operator that gets reference vectors as {@code settings} say. */
  public EncodePanes(ReferenceSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    codec = new EventCodec(EventLimits.DEFAULT);
    references = settings.open();
  }

  @Override
  public void close() {
    if (references != null) {
      references.close();
    }
  }

  @Override
  public void processElement(PaneSample sample, Context context, Collector<PairedPane> out) {
    List<Kept<byte[]>> inputs = new ArrayList<>();
    List<EmbeddingEvent> events = new ArrayList<>();
    long rejected = 0;
    for (Kept<byte[]> input : sample.inputs()) {
      int width = events.isEmpty() ? 0 : events.get(0).vector().dimension();
      Decoded decoded = check(codec.decode(input.payload()), width);
      if (decoded instanceof Decoded.Accepted accepted) {
        inputs.add(input);
        events.add(accepted.event().withInputKey(input.key()));
      } else if (decoded instanceof Decoded.Rejected bad) {
        rejected++;
        context.output(
            LocalSample.DEAD_LETTERS,
            DeadLetters.of(
                bad.rejection(),
                input.key().toBytes(),
                input.payload(),
                Map.of("ce_id", input.id())));
      }
    }
    out.collect(pair(sample, inputs, events, rejected));
  }

  private static Decoded check(Decoded decoded, int width) {
    if (!(decoded instanceof Decoded.Accepted accepted)) {
      return decoded;
    }
    EmbeddingEvent event = accepted.event();
    int found = event.vector().dimension();
    if (width != 0 && found != width) {
      return Decoded.Rejected.of(
          Reason.WIDTH_CHANGED, "expected " + width + " elements as in the pane, got " + found);
    }
    Optional<Rejection> fault =
        EventValidator.checkVector("vector", event.vector())
            .or(
                () ->
                    event
                        .reference()
                        .flatMap(r -> EventValidator.checkVector("reference_vector", r.vector())));
    return fault.isPresent() ? new Decoded.Rejected(fault.get()) : decoded;
  }

  private PairedPane pair(
      PaneSample sample, List<Kept<byte[]>> inputs, List<EmbeddingEvent> events, long rejected) {
    List<Optional<float[]>> found = references.of(events);
    List<float[]> live = new ArrayList<>();
    List<float[]> reference = new ArrayList<>();
    List<InputKey> keys = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Optional<float[]> vector = found.get(i);
      if (vector.isPresent()
          && (reference.isEmpty() || reference.get(0).length == vector.get().length)) {
        live.add(normalised(events.get(i).vector().toFloats()));
        reference.add(normalised(vector.get()));
        keys.add(inputs.get(i).key());
      }
    }
    EventCounts counts = sample.counts();
    return new PairedPane(
        sample.series(),
        sample.paneStart(),
        live.toArray(float[][]::new),
        reference.toArray(float[][]::new),
        new EventCounts(
            counts.in(),
            counts.sampledOut(),
            counts.duplicate(),
            counts.late(),
            events.size() - live.size(),
            rejected),
        SampleDigest.of(keys));
  }

  private static float[] normalised(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    double scale = 1 / Math.sqrt(squares);
    float[] normalised = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      normalised[j] = (float) (row[j] * scale);
    }
    return normalised;
  }
}
