package dev.parallax.cli.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.ModelView;
import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.embedding.EventTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a demo ends with: the file of {@code --report}. Every field is always there; what does not
 * apply is null.
 *
 * @param events what became of the records
 * @param models the models
 * @param firstScoreSeconds seconds from the start of the JVM to the first score
 * @param wallSeconds seconds from the start of the JVM to the end of the run
 */
@JsonPropertyOrder({"events", "models", "firstScoreSeconds", "wallSeconds"})
public record DemoReport(
    EventTotals events,
    List<Model> models,
    @Nullable Double firstScoreSeconds,
    double wallSeconds) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the models. */
  public DemoReport {
    models = List.copyOf(models);
  }

  /**
   * A report.
   *
   * @param firstScore from the start of the JVM to the first score, if there was one
   * @param wall from the start of the JVM to the end of the run
   */
  public static DemoReport of(
      EventTotals events, List<Model> models, Optional<Duration> firstScore, Duration wall) {
    return new DemoReport(
        events, models, firstScore.map(DemoReport::seconds).orElse(null), seconds(wall));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** The report as JSON. */
  public byte[] toJson() {
    try {
      String json = JSON.writeValueAsString(this).replace(System.lineSeparator(), "\n");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is plain JSON", e);
    }
  }

  /** Writes the report to a file. */
  public void writeTo(Path file) {
    try {
      Files.write(file, toJson());
    } catch (IOException e) {
      throw new UncheckedIOException("report " + file + " cannot be written", e);
    }
  }

  /**
   * One model.
   *
   * @param model its name
   * @param version its version
   * @param faultInjected label of its fault; null for a model whose traffic alone shifts
   * @param faultAt event time from which on it was broken
   * @param firstFlaggedAt end of the first pane whose verdict says that something is wrong
   * @param verdict the last verdict
   * @param cka the last rolling CKA
   * @param ckaLow lower end of its interval
   * @param ckaHigh upper end of its interval
   * @param panes number of scores
   */
  @JsonPropertyOrder({
    "model",
    "version",
    "faultInjected",
    "faultAt",
    "firstFlaggedAt",
    "verdict",
    "cka",
    "ckaLow",
    "ckaHigh",
    "panes"
  })
  public record Model(
      String model,
      String version,
      @Nullable String faultInjected,
      @Nullable String faultAt,
      @Nullable String firstFlaggedAt,
      String verdict,
      @Nullable Double cka,
      @Nullable Double ckaLow,
      @Nullable Double ckaHigh,
      int panes) {

    /** A model that was healthy as far as the demo is concerned, whatever it was asked. */
    public static Model healthy(ModelView view) {
      return of(view, null, null, view.firstFlagged());
    }

    /** A model that broke at {@code at}. */
    public static Model broken(ModelView view, FaultKind fault, Instant at) {
      return of(view, fault.label(), text(at), view.firstSaidOf(fault));
    }

    private static Model of(
        ModelView view,
        @Nullable String fault,
        @Nullable String faultAt,
        Optional<ScoreReading> firstFlagged) {
      Optional<ScoreReading> last = view.latest();
      return new Model(
          view.model().name(),
          view.model().version(),
          fault,
          faultAt,
          firstFlagged.map(score -> text(score.paneEnd())).orElse(null),
          view.verdict().label(),
          last.map(score -> orNull(score.cka())).orElse(null),
          last.map(score -> orNull(score.ckaLow())).orElse(null),
          last.map(score -> orNull(score.ckaHigh())).orElse(null),
          view.readings().size());
    }

    private static String text(Instant instant) {
      return EventTime.format(instant.toEpochMilli());
    }

    private static @Nullable Double orNull(OptionalDouble value) {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }
}
