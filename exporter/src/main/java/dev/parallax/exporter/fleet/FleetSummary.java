package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.Shadow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The overall answer, in words.
 *
 * @param severity the highest of any series
 * @param headline one short sentence, such as {@code 1 of 4 models has diverged}
 * @param detail which series the headline is about, if they are few, and how many have which
 *     verdict; or what is waited for
 */
public record FleetSummary(Severity severity, String headline, String detail) {

  private static final int MOST_NAMED = 3;

  /** The answer for these series; the shadows of drills are counted, and answer for nothing. */
  public static FleetSummary of(List<SeriesStatus> all) {
    List<SeriesStatus> series = all.stream().filter(status -> !isDrill(status)).toList();
    int drills = all.size() - series.size();
    if (series.isEmpty()) {
      return new FleetSummary(
          Severity.WAITING,
          "Waiting for the first score",
          "A score is published when the first pane of a model ends." + count(drills));
    }
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    Severity severity = Severity.GOOD;
    for (SeriesStatus status : series) {
      Verdict verdict = status.latest().verdict();
      verdicts.merge(verdict, 1, Integer::sum);
      Severity own = Severity.of(verdict);
      severity = own.compareTo(severity) > 0 ? own : severity;
    }
    return new FleetSummary(
        severity,
        headline(severity, verdicts, series.size(), noun(series)),
        detail(severity, verdicts, series) + count(drills));
  }

  private static boolean isDrill(SeriesStatus status) {
    return Shadow.is(status.latest().series().model());
  }

  private static String count(int drills) {
    return switch (drills) {
      case 0 -> "";
      case 1 -> " · 1 drill";
      default -> " · " + drills + " drills";
    };
  }

  private static String headline(
      Severity severity, Map<Verdict, Integer> verdicts, int all, Noun noun) {
    List<Verdict> concerned =
        verdicts.keySet().stream().filter(verdict -> Severity.of(verdict) == severity).toList();
    int count = concerned.stream().mapToInt(verdicts::get).sum();
    if (severity == Severity.GOOD) {
      return all == 1
          ? "The " + noun.one() + " is healthy"
          : "All " + all + " " + noun.many() + " are healthy";
    }
    if (severity == Severity.WAITING && count == all) {
      return concerned.size() == 1 && concerned.get(0) == Verdict.INSUFFICIENT
          ? "Too few pairs to say anything yet"
          : "Warming up";
    }
    String subject = all == 1 ? "The " + noun.one() : count + " of " + all + " " + noun.many();
    boolean one = count == 1;
    return subject + " " + (concerned.size() == 1 ? says(concerned.get(0), one) : need(one));
  }

  private static String need(boolean one) {
    return one ? "needs a look" : "need a look";
  }

  private static String says(Verdict verdict, boolean one) {
    String has = one ? "has" : "have";
    String is = one ? "is" : "are";
    return switch (verdict) {
      case WARMING -> is + " warming up";
      case INSUFFICIENT -> has + " too few pairs";
      case HEALTHY -> is + " healthy";
      case WARNING -> one ? "shows first signs of a change" : "show first signs of a change";
      case DIVERGED -> has + " diverged";
      case ROTATED -> has + " rotated";
      case COLLAPSED -> has + " collapsed";
      case TRAFFIC_SHIFT -> one ? "sees shifted traffic" : "see shifted traffic";
      case PAIRING_FAULT -> has + " a pairing fault";
      case REFERENCE_FAULT -> one ? "shows a reference fault" : "show a reference fault";
      case DEGENERATE -> is + " degenerate";
      case SILENT -> is + " silent";
    };
  }

  private static String detail(
      Severity severity, Map<Verdict, Integer> verdicts, List<SeriesStatus> series) {
    List<String> parts = new ArrayList<>();
    verdicts.forEach(
        (verdict, count) -> {
          boolean asked = severity.compareTo(Severity.WAITING) > 0;
          if (asked && Severity.of(verdict) == severity && count <= MOST_NAMED) {
            parts.add(0, verdict.label() + ": " + names(verdict, series));
          } else {
            parts.add(count + " " + verdict.label());
          }
        });
    return String.join(" · ", parts);
  }

  private static String names(Verdict verdict, List<SeriesStatus> series) {
    return series.stream()
        .map(SeriesStatus::latest)
        .filter(score -> score.verdict() == verdict)
        .map(score -> score.series().model())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private record Noun(String one, String many) {}

  /** Series are called models where each is of a model (and version) of its own. */
  private static Noun noun(List<SeriesStatus> series) {
    Set<List<String>> models = new HashSet<>();
    series.forEach(
        status ->
            models.add(
                List.of(status.latest().series().model(), status.latest().series().version())));
    return models.size() == series.size()
        ? new Noun("model", "models")
        : new Noun("series", "series");
  }
}
