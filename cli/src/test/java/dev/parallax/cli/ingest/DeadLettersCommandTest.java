package dev.parallax.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.ingest.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeadLettersCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A source of OpenAI's bodies whose format is {@code %s}. */
  private static final String SEARCH =
      """
      search:
        topic: %s.answers
        request-topic: %s.requests
        format: %s
        id-header: call
        wait: %s
      """;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void recordsOfAWrongFormatBecomeEventsOnceAfterTheFix() throws Exception {
    try (SourceTopics topics = topics("format", "oip-json", "1m")) {
      for (int call = 0; call < 3; call++) {
        request(topics, "format", call);
        response(topics, "format", call);
      }
      topics.publish("format.answers", "nonsense", "call", "x");
      topics.ingestUntil("search", counts -> counts.rejected() == 7);

      assertThat(listed(topics))
          .containsExactlyInAnyOrder("search missing-field 6 0", "search malformed 1 0");
      assertThat(topics.events()).isEmpty();
      CommandRun plan = run(topics, "retry", "--reason", "missing-field", "--dry-run");
      assertThat(plan.out())
          .isEqualTo(
              """
              would send 3 to format.answers
              would send 3 to format.requests
              would send 6, no longer retained 0
              """);

      configure(topics, "format", "openai", "1m");
      CommandRun retry = run(topics, "retry", "--source", "search", "--reason", "missing-field");
      assertThat(retry.out()).isEqualTo("sent 6, no longer retained 0, failed 0\n");
      assertThat(retry.exitCode()).isZero();
      assertThat(run(topics, "retry", "--reason", "missing-field").out())
          .isEqualTo("sent 0, no longer retained 0, failed 0\n");
      topics.ingestUntil("search", counts -> counts.accepted() == 3);

      assertThat(topics.events())
          .extracting(event -> text(event.headers(), "ce_id"))
          .containsExactlyInAnyOrder("call-0", "call-1", "call-2");
      assertThat(listed(topics))
          .containsExactlyInAnyOrder("search missing-field 0 6", "search malformed 1 0");
    }
  }

  @Test
  void halvesThatMissedEachOtherMeetOnceBothAreSentAgain() throws Exception {
    try (SourceTopics topics = topics("late", "openai", "1s")) {
      request(topics, "late", 1);
      topics.ingestUntil("search", counts -> counts.rejected() == 1);
      response(topics, "late", 1);
      topics.ingestUntil("search", counts -> counts.rejected() == 1);
      assertThat(listed(topics))
          .containsExactlyInAnyOrder(
              "search unmatched-request 1 0", "search unmatched-response 1 0");

      assertThat(run(topics, "retry", "--all").out())
          .isEqualTo("sent 2, no longer retained 0, failed 0\n");
      topics.ingestUntil("search", counts -> counts.accepted() == 1);

      assertThat(topics.events()).hasSize(1);
      ConsumerRecord<byte[], byte[]> again = topics.records("late.requests").get(1);
      ConsumerRecord<byte[], byte[]> original = topics.records("late.requests").get(0);
      assertThat(again.value()).isEqualTo(original.value());
      assertThat(again.timestamp()).isEqualTo(original.timestamp());
      assertThat(text(again.headers(), "call")).isEqualTo("call-1");
      assertThat(text(again.headers(), DeadLetter.RETRY)).isEqualTo("1");
    }
  }

  @Test
  void aCallThatMetAndNamedNoModelBecomesAnEventOnceConfigurationNamesOne() throws Exception {
    try (SourceTopics topics = topics("unnamed", "openai", "1m")) {
      topics.publish("unnamed.requests", "{\"input\": \"a text\"}", "call", "call-7");
      response(topics, "unnamed", 7);
      topics.ingestUntil("search", counts -> counts.rejected() == 1);
      assertThat(listed(topics)).containsExactly("search missing-field 2 0");

      topics.configure(SEARCH.formatted("unnamed", "unnamed", "openai", "1m") + "  model: named\n");
      assertThat(run(topics, "retry", "--reason", "missing-field").out())
          .isEqualTo("sent 2, no longer retained 0, failed 0\n");
      topics.ingestUntil("search", counts -> counts.accepted() == 1);

      assertThat(topics.events())
          .extracting(event -> text(event.headers(), "ce_subject"))
          .containsExactly("named/unversioned@2");
    }
  }

  @Test
  void whatIsTurnedAwayAgainCanBeSentAgainAndIsCounted() throws Exception {
    try (SourceTopics topics = topics("again", "openai", "1m")) {
      topics.publish("again.answers", "nonsense", "call", "x", "parallax-reason", "forged");
      for (int retries = 0; retries < 3; retries++) {
        topics.ingestUntil("search", counts -> counts.rejected() == 1);
        assertThat(listed(topics)).containsExactly("search malformed 1 " + retries);
        assertThat(run(topics, "retry", "--all").out()).startsWith("sent 1,");
      }

      assertThat(topics.records("again.answers"))
          .extracting(record -> text(record.headers(), DeadLetter.RETRY))
          .containsExactly("absent", "1", "2", "3");
      assertThat(topics.records("again.answers"))
          .extracting(record -> text(record.headers(), "parallax-reason"))
          .containsExactly("forged", "absent", "absent", "absent");
    }
  }

  @Test
  void lettersAreShownNewestFirstAndValuesOnlyWhereAskedFor() throws Exception {
    try (SourceTopics topics = topics("show", "openai", "1m")) {
      topics.publish("show.answers", "first secret", "call", "1", "tenant", "shop");
      topics.publish("show.answers", "{\"error\": \"second\"}", "call", "2");
      topics.publish("show.answers", "third\u0001", "call", "3");
      topics.ingestUntil("search", counts -> counts.rejected() == 3);

      String shown = run(topics, "show").out();
      assertThat(shown).contains("show.answers-0@0", "header tenant: shop", "value of 12 bytes");
      assertThat(shown).doesNotContain("first secret");
      assertThat(shown.lines().filter(line -> !line.startsWith(" ")))
          .extracting(line -> line.substring(line.length() - 1))
          .containsExactly("2", "1", "0");
      assertThat(run(topics, "show", "--limit", "1", "--reason", "malformed").out())
          .contains("malformed")
          .doesNotContain("error-body");

      String values = run(topics, "show", "--value").out();
      assertThat(values)
          .contains("  value of 12 bytes: first secret")
          .contains("  value of 6 bytes, base64: dGhpcmQB");
      List<JsonNode> lines = new ArrayList<>();
      for (String line :
          run(topics, "show", "--value", "--format", "json").out().lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      assertThat(lines)
          .extracting(line -> line.path("value").asText() + line.path("valueBase64").asText())
          .containsExactlyInAnyOrder("first secret", "{\"error\": \"second\"}", "dGhpcmQB");
      assertThat(lines)
          .extracting(line -> line.get("offset").asInt())
          .containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void whatItsTopicNoLongerHoldsIsCountedAndIsAFinding() throws Exception {
    try (SourceTopics topics = topics("gone", "openai", "1m")) {
      topics.publish("gone.answers", "nonsense", "call", "1");
      topics.publish("gone.answers", "nonsense", "call", "2");
      topics.ingestUntil("search", counts -> counts.rejected() == 2);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin
            .deleteRecords(
                Map.of(new TopicPartition("gone.answers", 0), RecordsToDelete.beforeOffset(1)))
            .all()
            .get();
      }

      assertThat(run(topics, "show", "--value").out()).contains("value no longer retained");
      CommandRun retry = run(topics, "retry", "--all");
      assertThat(retry.out()).isEqualTo("sent 1, no longer retained 1, failed 0\n");
      retry.failedWith(1, "parallax dead-letters retry: 1 of 2 could not be sent again");
    }
  }

  @Test
  void aRecordThatTheBrokersRefuseHoldsBackNoOther() throws Exception {
    try (SourceTopics topics = topics("refused", "openai", "1m")) {
      topics.publish("refused.answers", "nonsense", "call", "1");
      topics.publish("refused.answers", "nonsense".repeat(500), "call", "2");
      topics.publish("refused.answers", "nonsense", "call", "3");
      topics.ingestUntil("search", counts -> counts.rejected() == 3);
      ConfigResource answers = new ConfigResource(Type.TOPIC, "refused.answers");
      AlterConfigOp smaller =
          new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000"), OpType.SET);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin.incrementalAlterConfigs(Map.of(answers, List.of(smaller))).all().get();
      }

      CommandRun retry = run(topics, "retry", "--all");

      assertThat(retry.out()).isEqualTo("sent 2, no longer retained 0, failed 1\n");
      assertThat(retry.exitCode()).isEqualTo(1);
      assertThat(retry.err())
          .startsWith("parallax dead-letters retry: 1 of 3 could not be sent again: ")
          .contains("larger than")
          .hasLineCount(1);
      assertThat(topics.records("refused.answers")).hasSize(5);
      assertThat(listed(topics)).containsExactly("search malformed 1 2");
    }
  }

  @Test
  void lettersAreChosenByTheirTimeToo() throws Exception {
    try (SourceTopics topics = topics("times", "openai", "1m")) {
      topics.publish("times.answers", "nonsense", "call", "1");
      topics.ingestUntil("search", counts -> counts.rejected() == 1);

      assertThat(run(topics, "list", "--from", "2100-01-01T00:00:00Z").out())
          .isEqualTo("no dead letters\n");
      assertThat(run(topics, "list", "--to", "2000-01-01T00:00:00Z").out())
          .isEqualTo("no dead letters\n");
      assertThat(run(topics, "list", "--from", "2000-01-01T00:00:00Z").out())
          .containsPattern("SOURCE +REASON +COUNT +RETRIED +NEWEST +EXAMPLE\n")
          .containsPattern("search +malformed +1 +0 +2\\S+Z +times.answers-0@0 +not JSON");
    }
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    try (SourceTopics topics = topics("mistakes", "openai", "1m")) {
      run(topics, "retry")
          .failedWith(
              2,
              "parallax dead-letters retry: expected --source, --reason, --from or --to, or --all"
                  + " for every dead letter");
      assertThat(run(topics, "list", "--reason", "malfromed").err())
          .contains("--reason malfromed: expected one of malformed, missing-field,")
          .endsWith(": did you mean malformed?\n");
      run(topics, "list", "--from", "yesterday")
          .failedWith(
              2,
              "parallax dead-letters list: --from yesterday: expected a time such as"
                  + " 2026-11-22T10:15:30Z");
      run(topics, "show", "--limit", "0")
          .failedWith(2, "parallax dead-letters show: --limit 0: expected 1 to 100000");
      run(topics, "list", "--set", "topics.dead-letters=elsewhere")
          .failedWith(
              1,
              "parallax dead-letters list: topic elsewhere does not exist on "
                  + kafka.bootstrapServers()
                  + "; see parallax topics");
    }
    CommandRun.of("dead-letters")
        .failedWith(
            2,
            "parallax dead-letters: expected list, show or retry;"
                + " see parallax dead-letters --help");
  }

  private static SourceTopics topics(String name, String format, String wait) throws Exception {
    return new SourceTopics(
        kafka.bootstrapServers(),
        Files.createDirectory(folder.resolve(name)),
        SEARCH.formatted(name, name, format, wait));
  }

  private static void configure(SourceTopics topics, String name, String format, String wait) {
    topics.configure(SEARCH.formatted(name, name, format, wait));
  }

  private static void request(SourceTopics topics, String name, int call) {
    topics.publish(
        name + ".requests",
        "{\"input\": \"text %d\", \"model\": \"m\"}".formatted(call),
        "call",
        "call-" + call);
  }

  private static void response(SourceTopics topics, String name, int call) {
    topics.publish(
        name + ".answers",
        "{\"data\": [{\"embedding\": [%d, 1]}]}".formatted(call),
        "call",
        "call-" + call);
  }

  /** Source, reason, count and how many were sent again, of each group. */
  private static List<String> listed(SourceTopics topics) throws Exception {
    List<String> groups = new ArrayList<>();
    for (JsonNode group :
        JSON.readTree(run(topics, "list", "--format", "json").out()).get("deadLetters")) {
      groups.add(
          String.join(
              " ",
              group.get("source").asText(),
              group.get("reason").asText(),
              group.get("count").asText(),
              group.get("retried").asText()));
    }
    return groups;
  }

  private static CommandRun run(SourceTopics topics, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("dead-letters", command, "--config", topics.config().toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static String text(Headers headers, String name) {
    return headers.lastHeader(name) == null
        ? "absent"
        : new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
