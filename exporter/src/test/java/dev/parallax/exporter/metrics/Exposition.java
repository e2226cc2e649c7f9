package dev.parallax.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of what a scrape answers, written from the two formats' own documents. It fails
 * on whatever a Prometheus would refuse or {@code promtool check metrics} would complain of.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text 0.0.4</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
public final class Exposition {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern META = Pattern.compile("# (HELP|TYPE|UNIT) (\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("(\\S+?)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Set<String> TYPES = Set.of("gauge", "counter", "histogram", "info");

  /** One sample. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** One family with its samples, in order. */
  public record Family(String name, String type, String help, String unit, List<Sample> samples) {}

  private final boolean open;
  private final Map<String, Family> families = new LinkedHashMap<>();

  private Exposition(boolean open) {
    this.open = open;
  }

  /** Reads text 0.0.4. */
  public static Map<String, Family> ofText(String text) {
    assertThat(text).doesNotContain("# EOF", "\r").endsWith("\n");
    return new Exposition(false).read(text.lines().toList());
  }

  /** Reads OpenMetrics 1.0. */
  public static Map<String, Family> ofOpenMetrics(String text) {
    assertThat(text).endsWith("\n# EOF\n").doesNotContain("\r");
    List<String> lines = text.lines().toList();
    return new Exposition(true).read(lines.subList(0, lines.size() - 1));
  }

  private Map<String, Family> read(List<String> lines) {
    for (int at = 0; at < lines.size(); ) {
      at = family(lines, at);
    }
    families.values().forEach(this::check);
    return families;
  }

  /** Reads the lines of one family; all of them stand together. */
  private int family(List<String> lines, int start) {
    Map<String, String> meta = new TreeMap<>();
    String name = "";
    int at = start;
    for (; at < lines.size() && lines.get(at).startsWith("#"); at++) {
      Matcher line = META.matcher(lines.get(at));
      assertThat(line.matches()).as(lines.get(at)).isTrue();
      if (!name.isEmpty() && !line.group(2).equals(name)) {
        break;
      }
      name = line.group(2);
      assertThat(meta.put(line.group(1), line.group(3))).as("twice: %s", lines.get(at)).isNull();
    }
    assertThat(meta).as("before %s", lines.get(start)).containsKeys("HELP", "TYPE");
    assertThat(NAME.matcher(name).matches()).as(name).isTrue();
    List<Sample> samples = new ArrayList<>();
    for (; at < lines.size() && !lines.get(at).startsWith("#"); at++) {
      samples.add(sample(lines.get(at)));
    }
    Family family =
        new Family(
            name, meta.get("TYPE"), meta.get("HELP"), meta.getOrDefault("UNIT", ""), samples);
    assertThat(families.put(name, family)).as("family twice: %s", name).isNull();
    return at;
  }

  private static Sample sample(String text) {
    Matcher line = SAMPLE.matcher(text);
    assertThat(line.matches()).as(text).isTrue();
    Map<String, String> labels = new LinkedHashMap<>();
    String inside = line.group(2) == null ? "" : line.group(2);
    Matcher label = LABEL.matcher(inside);
    int read = 0;
    while (read < inside.length()) {
      assertThat(label.find(read)).as(text).isTrue();
      assertThat(label.start()).as(text).isEqualTo(read);
      assertThat(labels.put(label.group(1), label.group(2))).as(text).isNull();
      read = label.end();
    }
    return new Sample(line.group(1), labels, value(line.group(3)));
  }

  private static double value(String text) {
    double value = Double.parseDouble(text);
    assertThat(value).as(text).isFinite();
    return value;
  }

  private void check(Family family) {
    String name = family.name();
    assertThat(TYPES).contains(family.type());
    assertThat(family.help()).as(name).isNotBlank();
    boolean counts = family.type().equals("counter");
    if (open) {
      assertThat(name).doesNotEndWith("_total").doesNotEndWith("_info");
      if (!family.unit().isEmpty()) {
        assertThat(name).endsWith("_" + family.unit());
      }
    } else {
      assertThat(family.unit()).isEmpty();
      assertThat(name.endsWith("_total")).as(name).isEqualTo(counts);
    }
    if (!family.type().equals("histogram")) {
      assertThat(name).doesNotMatch(".*_(count|sum|bucket)");
    }
    Set<List<Object>> seen = new HashSet<>();
    for (Sample sample : family.samples()) {
      assertThat(seen.add(List.of(sample.name(), sample.labels()))).as("%s", sample).isTrue();
      assertThat(ending(family)).as("%s", sample).contains(sample.name());
      if (counts) {
        assertThat(sample.value()).as("%s", sample).isNotNegative();
      }
      if (family.type().equals("info")) {
        assertThat(sample.value()).as("%s", sample).isEqualTo(1);
      }
    }
    if (family.type().equals("histogram")) {
      checkBuckets(family);
    }
  }

  private List<String> ending(Family family) {
    String name = family.name();
    return switch (family.type()) {
      case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
      case "counter" -> List.of(open ? name + "_total" : name);
      case "info" -> List.of(name + "_info");
      default -> List.of(name);
    };
  }

  /** Buckets grow with their bounds, end with +Inf, and the last is the count. */
  private static void checkBuckets(Family family) {
    Map<Map<String, String>, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
    for (Sample sample : family.samples()) {
      if (sample.name().endsWith("_bucket")) {
        Map<String, String> labels = new LinkedHashMap<>(sample.labels());
        String bound = labels.remove("le");
        assertThat(bound).isNotNull();
        double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        assertThat(buckets.computeIfAbsent(labels, l -> new TreeMap<>()).put(upper, sample.value()))
            .isNull();
      }
    }
    for (Sample sample : family.samples()) {
      if (sample.name().endsWith("_count")) {
        TreeMap<Double, Double> own = buckets.get(sample.labels());
        assertThat(own.lastEntry()).isEqualTo(Map.entry(Double.POSITIVE_INFINITY, sample.value()));
        assertThat(List.copyOf(own.values())).isSorted();
      }
    }
  }
}
