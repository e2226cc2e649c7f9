package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax dead-letters retry}: sends the records behind dead letters through again. */
@Command(
    name = "retry",
    description = {
      "Send the records behind dead letters through again, after a fix: from the topics that they"
          + " came from, to the same partitions, with the same key, value and headers and"
          + " parallax-retry, which counts.",
      "Each is sent once: it is told apart from then on, until it is turned away again. Exit 1 when"
          + " any could not be sent."
    })
final class RetryLettersCommand extends LettersCommand {

  @Option(names = "--all", description = "Without a filter: all of them.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only say what would be sent.")
  private boolean dryRun;

  RetryLettersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    if (!filter().isGiven() && !all) {
      throw CliException.usage(
          "expected --source, --reason, --from or --to, or --all for every dead letter");
    }
    if (dryRun) {
      Originals originals = Originals.of(letters(open(config, reader)));
      Map<String, Integer> topics = new TreeMap<>();
      originals.read(reader, record -> topics.merge(record.topic(), 1, Integer::sum));
      int found = topics.values().stream().mapToInt(Integer::intValue).sum();
      topics.forEach((topic, count) -> say("would send " + count + " to " + topic));
      say("would send " + found + ", no longer retained " + (originals.count() - found));
      return ExitCode.OK;
    }
    try (Resender resender = Resender.start(config)) {
      // Only now: what another retry sent before it was shut out has its receipt.
      Originals originals = Originals.of(letters(open(config, reader)));
      originals.read(reader, resender::send);
      resender.flush();
      int gone = originals.count() - resender.sent() - resender.failed();
      say(
          "sent "
              + resender.sent()
              + ", no longer retained "
              + gone
              + ", failed "
              + resender.failed());
      if (gone + resender.failed() > 0) {
        throw CliException.failure(
            gone
                + resender.failed()
                + " of "
                + originals.count()
                + " could not be sent again"
                + resender.firstFailure().map(failure -> ": " + failure).orElse(""));
      }
      return ExitCode.OK;
    }
  }

  private List<Letter> letters(LetterBox box) {
    List<Letter> letters = new ArrayList<>();
    int[] withoutOrigin = {0};
    box.read(
        letter -> {
          if (letter.origin().isEmpty()) {
            withoutOrigin[0]++;
          } else if (!box.isSettled(letter)) {
            letters.add(letter);
          }
        });
    if (withoutOrigin[0] > 0) {
      terminal()
          .err()
          .println(withoutOrigin[0] + " are of no source topic, but of the job behind: they stay");
    }
    return letters;
  }

  private void say(String line) {
    terminal().out().println(line);
  }
}
