package dev.parallax.cli.ingest;

import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.json.CanonicalJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax dead-letters list}: how many there are of each reason and source. */
@Command(
    name = "list",
    description = {
      "Count the dead letters of each source and reason, with the newest as an example.",
      "Those that were sent again are counted apart. Reads the whole topic, or from --from on."
    })
final class ListLettersCommand extends LettersCommand {

  private static final String NOTHING = "no dead letters";

  @Option(names = "--format", description = "table (default) or json.")
  private Format format = Format.TABLE;

  ListLettersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    LetterBox box = open(config, reader);
    Map<String, Group> groups = new TreeMap<>();
    box.read(
        letter ->
            groups
                .computeIfAbsent(letter.source() + "\n" + letter.reason(), key -> new Group())
                .add(letter, box.isSettled(letter)));
    List<Group> sorted = new ArrayList<>(groups.values());
    sorted.sort(Comparator.comparingLong((Group group) -> group.open).reversed());
    if (format == Format.JSON) {
      terminal().out().println(json(sorted));
    } else if (sorted.isEmpty()) {
      terminal().out().println(NOTHING);
    } else {
      table(sorted);
    }
    return ExitCode.OK;
  }

  private static String json(List<Group> groups) {
    return CanonicalJson.object(
        json ->
            json.objects(
                "deadLetters",
                groups,
                (entry, group) -> {
                  Letter example = group.newest();
                  entry
                      .field("source", example.source())
                      .field("reason", example.reason())
                      .field("count", group.open)
                      .field("retried", group.settled)
                      .field("newest", group.newestTime().toString());
                  LetterJson.fields(entry, example);
                }));
  }

  private void table(List<Group> groups) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SOURCE", "REASON", "COUNT", "RETRIED", "NEWEST", "EXAMPLE", ""));
    for (Group group : groups) {
      Letter example = group.newest();
      rows.add(
          List.of(
              example.source(),
              example.reason(),
              Long.toString(group.open),
              Long.toString(group.settled),
              group.newestTime().truncatedTo(ChronoUnit.SECONDS).toString(),
              example.originText(),
              example.detail()));
    }
    int[] widths = new int[rows.get(0).size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String layout = i == 2 || i == 3 ? "%" + widths[i] + "s  " : "%-" + widths[i] + "s  ";
        line.append(String.format(layout, row.get(i)));
      }
      terminal().out().println(line.toString().stripTrailing());
    }
  }

  /** Letters of one source and reason. The example is the newest that was not sent again. */
  private static final class Group {
    private long open;
    private long settled;
    private @Nullable Letter newestOpen;
    private @Nullable Letter newestSettled;

    void add(Letter letter, boolean isSettled) {
      if (isSettled) {
        settled++;
        newestSettled = newer(newestSettled, letter);
      } else {
        open++;
        newestOpen = newer(newestOpen, letter);
      }
    }

    Letter newest() {
      Letter newest = newestOpen == null ? newestSettled : newestOpen;
      if (newest == null) {
        throw new IllegalStateException("a group without letters");
      }
      return newest;
    }

    Instant newestTime() {
      return newest().time();
    }

    private static Letter newer(@Nullable Letter before, Letter letter) {
      return before == null || letter.time().isAfter(before.time()) ? letter : before;
    }
  }
}
