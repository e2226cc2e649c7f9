package dev.parallax.cli.doctor;

import dev.parallax.cli.Nearest;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.ingest.Description;
import dev.parallax.cli.ingest.SourceNames;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Examines whether a source is described as its live records are, and says which line of the
 * configuration to change where it is not.
 */
final class SourceCheck {

  private static final String DECODED = "decoded";
  private static final double MOST = 0.5;

  /** Below this many records on both sides, that no two meet may be chance. */
  private static final int ENOUGH_TO_MEET = 20;

  /** Parts of topics' names that tell the halves, responses first. */
  private static final List<List<String>> HALVES =
      List.of(
          List.of("outputs", "inputs"),
          List.of("output", "input"),
          List.of("responses", "requests"),
          List.of("response", "request"),
          List.of("answers", "requests"));

  private final SourceConfig source;
  private final EventLimits limits;
  private final SourceSample sample = new SourceSample();
  private final List<Finding> findings = new ArrayList<>();

  private SourceCheck(SourceConfig source, EventLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * Reads the newest records of a source and examines them.
   *
   * @throws dev.parallax.cli.CliException if there is no such source, or no broker answers
   */
  static List<Finding> run(ParallaxConfig config, String name) {
    SourceConfig source = SourceNames.find(config, name);
    SourceCheck check = new SourceCheck(source, config.ingest().limits());
    Set<String> topics;
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      topics = brokers.topics();
    }
    try (RecordReader reader = RecordReader.connect(config.kafka())) {
      check.readTopics(reader, topics);
      if (!check.sample.records().isEmpty()) {
        check.examine(topics);
      }
    }
    return List.copyOf(check.findings);
  }

  private void readTopics(RecordReader reader, Set<String> topics) {
    for (String topic : source.topics()) {
      String key = topic.equals(source.topic()) ? "topic" : "request-topic";
      if (!topics.contains(topic)) {
        fail(
            key,
            topic + " does not exist" + Nearest.hint(topic, topics),
            line(key, Nearest.to(topic, topics).orElse("<a topic that exists>"), "no " + topic));
        continue;
      }
      sample.read(reader, topic);
      int count = sample.count(topic);
      if (count == 0) {
        fail(
            key,
            topic + " holds no records",
            line(key, "<the topic that the service writes to>", topic + " is empty"));
      } else {
        findings.add(
            Finding.ok(
                key,
                String.format(
                    "%s, the newest %d records of %d partitions",
                    topic, count, reader.partitions(topic).size())));
      }
    }
  }

  private void examine(Set<String> topics) {
    Description description = Description.of(source);
    SourceTrial configured;
    try {
      configured = SourceTrial.of(description, sample.records(), limits);
    } catch (IllegalArgumentException e) {
      fail("format", String.valueOf(e.getMessage()), "see docs/sources.md");
      return;
    }
    if (configured.leftOut() > 0) {
      examineFilter(configured);
      if (configured.considered() == 0) {
        EnvelopeOptions all =
            new EnvelopeOptions(source.requestTopic(), source.idHeader(), Map.of());
        configured = SourceTrial.of(description.with(all), sample.records(), limits);
      }
    }
    SourceTrial best = SourceRemedy.find(sample, limits, configured);
    examineDescription(configured.description(), best);
    if (source.isPaired()
        || best.description().format().orElseThrow().shape() == Format.Shape.HALVES) {
      examineHalves(best, topics);
    }
    examineVectors(best);
    examineShare(configured, best);
  }

  private void examineFilter(SourceTrial configured) {
    if (configured.considered() > 0) {
      findings.add(
          Finding.ok(
              "only",
              configured.leftOut() + " of " + sample.records().size() + " records are left out"));
      return;
    }
    Map<String, String> only = new HashMap<>(source.only());
    only.forEach(
        (name, pattern) -> {
          EnvelopeOptions alone =
              new EnvelopeOptions(source.requestTopic(), source.idHeader(), Map.of(name, pattern));
          SourceTrial trial =
              SourceTrial.of(configured.description().with(alone), sample.records(), limits);
          if (trial.considered() == 0) {
            List<String> seen = sample.valuesOf(name);
            fail(
                "only",
                name
                    + ": "
                    + pattern
                    + " matches none of "
                    + sample.records().size()
                    + " records; "
                    + (seen.isEmpty() ? "none has it" : "seen: " + String.join(", ", seen)),
                seen.isEmpty()
                    ? "take out " + key("only." + name)
                    : line("only." + name, seen.get(0), pattern + " matches nothing"));
          }
        });
  }

  private void examineDescription(Description configured, SourceTrial best) {
    Description right = best.description();
    Envelope envelope = right.envelope().orElseThrow();
    Format format = right.format().orElseThrow();
    int records = sample.records().size();
    int alike =
        sample.envelopes().stream()
            .filter(entry -> entry.getKey() == envelope)
            .mapToInt(Map.Entry::getValue)
            .sum();
    String asEnvelope = alike + " of " + records + " records look like " + envelope.label();
    if (right.envelope().equals(configured.envelope())) {
      findings.add(Finding.ok("envelope", envelope.label() + "; " + asEnvelope));
    } else {
      String not = ", not " + source.envelope().label();
      fail("envelope", asEnvelope + not, line("envelope", envelope.label(), asEnvelope + not));
    }
    String seen = formatsSeen(right);
    if (right.format().equals(configured.format())) {
      findings.add(Finding.ok("format", format.label() + "; records look like " + seen));
    } else {
      String text = "records look like " + seen + ", not " + source.format().label();
      fail("format", text, line("format", format.label(), text));
    }
    Optional<String> tensor = right.formatOptions().outputTensor();
    if (!tensor.equals(configured.formatOptions().outputTensor())) {
      String text =
          source
              .formatOptions()
              .outputTensor()
              .map(name -> "no tensor of floats is called " + name)
              .orElse("several tensors are of floats");
      fail(
          "output-tensor",
          text + "; seen: " + tensor.orElse(""),
          line("output-tensor", tensor.orElse(""), text));
    }
    Optional<String> header = right.envelopeOptions().idHeader();
    if (!header.equals(configured.envelopeOptions().idHeader())) {
      String text = "calls have no id but in the header " + header.orElse("");
      fail("id-header", text, line("id-header", header.orElse(""), text));
    }
  }

  private String formatsSeen(Description right) {
    List<String> counts = new ArrayList<>();
    sample
        .formats(right.envelope().orElseThrow(), right.envelopeOptions())
        .forEach(entry -> counts.add(entry.getValue() + " " + entry.getKey().label()));
    return counts.isEmpty()
        ? "nothing known"
        : String.join(", ", counts) + " of " + sample.records().size();
  }

  private void examineHalves(SourceTrial trial, Set<String> topics) {
    int requests = trial.count(Side.REQUEST);
    int responses = trial.count(Side.RESPONSE);
    Optional<String> other = source.requestTopic();
    String seen = requests + " requests, " + responses + " responses";
    if (other.isPresent()
        && trial.count(source.topic(), Side.REQUEST) > trial.count(source.topic(), Side.RESPONSE)
        && trial.count(other.get(), Side.RESPONSE) > trial.count(other.get(), Side.REQUEST)) {
      fail(
          "halves",
          "the requests are on " + source.topic() + " and the responses on " + other.get(),
          line("topic", other.get(), "holds the responses")
              + "\n"
              + line("request-topic", source.topic(), "holds the requests"));
    } else if (requests == 0 && responses > 0) {
      String why = responses + " responses and no request";
      fail(
          "halves",
          why + (other.isPresent() ? " on " + other.get() : ""),
          line(
              "request-topic",
              requestTopic(topics).orElse("<the topic of the requests>"),
              why + "; a KServe logger needs mode: all"));
    } else if (responses == 0 && requests > 0) {
      String why = requests + " requests and no response";
      fail("halves", why, line("topic", "<the topic of the responses>", why));
    } else if (trial.pairs() == 0
        && requests >= ENOUGH_TO_MEET
        && responses >= ENOUGH_TO_MEET
        && trial.withoutId() == 0) {
      fail(
          "halves",
          seen + ", and no two of one id",
          line("id-header", "<a header with the id of the call>", "the ids in bodies differ"));
    } else if (requests + responses > 0) {
      findings.add(Finding.ok("halves", seen + ", " + trial.pairs() + " pairs"));
    }
    if (trial.withoutId() > 0) {
      fail(
          "ids",
          trial.withoutId() + " of " + (requests + responses) + " halves have no id",
          line("id-header", "<a header with the id of the call>", "without it nothing is paired"));
    }
    if (trial.models().isEmpty() && source.model().isEmpty() && requests > 0 && responses > 0) {
      fail("model", "no record names one", line("model", "<its name>", "no record names one"));
    }
  }

  /** A topic that is called as that of the responses is, but for the part that says which half. */
  private Optional<String> requestTopic(Set<String> topics) {
    return HALVES.stream()
        .map(names -> source.topic().replace(names.get(0), names.get(1)))
        .filter(name -> !name.equals(source.topic()) && topics.contains(name))
        .findFirst();
  }

  private void examineVectors(SourceTrial trial) {
    if (trial.widths().isEmpty()) {
      return;
    }
    int widest = trial.widths().lastKey();
    String seen =
        "dimension "
            + trial.widths().keySet()
            + ", "
            + trial.dtypes()
            + (trial.models().isEmpty() ? "" : ", models " + trial.models());
    if (widest > limits.maxDimension()) {
      fail(
          "vectors",
          seen,
          "ingest.limits.max-dimension: "
              + widest
              + "  # vectors of "
              + widest
              + ", limit "
              + limits.maxDimension());
    } else {
      findings.add(Finding.ok("vectors", seen));
    }
  }

  private void examineShare(SourceTrial configured, SourceTrial best) {
    String text = String.format("%d of %d records", configured.usable(), configured.considered());
    String reasons = configured.reasonsText();
    String detail = reasons.isEmpty() ? text : text + "; " + reasons;
    boolean isExplained = findings.stream().anyMatch(of -> of.status() == Finding.Status.FAIL);
    if (configured.usable() == configured.considered()) {
      findings.add(Finding.ok(DECODED, detail));
    } else if (isExplained || best.share() >= MOST) {
      findings.add(Finding.warn(DECODED, detail, ""));
    } else {
      fail(DECODED, detail, "see docs/sources.md for " + source.format().label());
    }
  }

  private void fail(String check, String detail, String advice) {
    findings.add(Finding.fail(check, detail, advice));
  }

  /** The line of the configuration, with why as a comment. */
  private String line(String key, String value, String why) {
    return key(key) + ": " + value + "  # " + why;
  }

  private String key(String key) {
    boolean isListed = source.isNative() && source.name().equals(source.topic());
    return "sources." + (isListed ? "<name>" : source.name()) + "." + key;
  }
}
