package dev.parallax.cli.offline;

import dev.parallax.core.json.CanonicalJson;
import dev.parallax.core.similarity.SimilarityReport;
import dev.parallax.core.similarity.SimilarityReport.Absent;
import dev.parallax.core.similarity.SimilarityReport.Cka;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Prints a {@link SimilarityReport} for programs and for people. */
final class ReportFormat {

  private ReportFormat() {}

  /** One JSON object; figures that cannot be stated are absent and have an entry in reasons. */
  static String json(SimilarityReport report) {
    return CanonicalJson.object(
        json -> {
          json.field("pairs", report.pairs())
              .field("widthProduction", report.widthProduction())
              .field("widthReference", report.widthReference());
          report.cka().ifPresent(cka -> json.object("cka", fields -> cka(fields, cka)));
          json.objects(
              "reasons",
              report.reasons(),
              (entry, absent) -> entry.field("key", absent.key()).field("reason", absent.reason()));
        });
  }

  /** A few lines of text; six digits, as more are noise to a reader. */
  static String table(SimilarityReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%d pairs, production width %d, reference width %d",
            report.pairs(), report.widthProduction(), report.widthReference()));
    report
        .cka()
        .ifPresent(
            cka -> {
              row(lines, "cka biased", cka.biased(), "");
              row(lines, "cka debiased", cka.debiased(), "");
              row(lines, "cka minibatch", cka.minibatch(), interval(cka));
            });
    for (Absent absent : report.reasons()) {
      lines.add("no " + absent.key() + ": " + absent.reason());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static void cka(CanonicalJson json, Cka cka) {
    cka.biased().ifPresent(value -> json.field("biased", value));
    cka.debiased().ifPresent(value -> json.field("debiased", value));
    cka.minibatch().ifPresent(value -> json.field("minibatch", value));
    cka.low().ifPresent(value -> json.field("low", value));
    cka.high().ifPresent(value -> json.field("high", value));
  }

  private static void row(List<String> lines, String name, OptionalDouble value, String suffix) {
    value.ifPresent(v -> lines.add(String.format(Locale.ROOT, "%-16s%9.6f%s", name, v, suffix)));
  }

  private static String interval(Cka cka) {
    return cka.low().isPresent() && cka.high().isPresent()
        ? String.format(
            Locale.ROOT,
            "  95%% interval %.6f to %.6f",
            cka.low().getAsDouble(),
            cka.high().getAsDouble())
        : "";
  }
}
