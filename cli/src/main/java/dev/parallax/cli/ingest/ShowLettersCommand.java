package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.json.CanonicalJson;
import dev.parallax.ingest.pairing.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax dead-letters show}: single dead letters, the newest first. */
@Command(
    name = "show",
    description = {
      "Show single dead letters that were not sent again, the newest first.",
      "Their values stay behind unless --value asks for them: they may hold inputs."
    })
final class ShowLettersCommand extends LettersCommand {

  private static final int MOST = 100_000;

  @Option(names = "--limit", paramLabel = "N", description = "At most this many; 10 unless given.")
  private int limit = 10;

  @Option(
      names = "--value",
      description = "Also the value of the record, from the topic that it came from.")
  private boolean value;

  @Option(names = "--format", description = "table (default) or json, one line each.")
  private Format format = Format.TABLE;

  ShowLettersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    if (limit < 1 || limit > MOST) {
      throw CliException.usage("--limit " + limit + ": expected 1 to " + MOST);
    }
    List<Letter> letters = newest(open(config, reader));
    Map<Origin, byte[]> values = value ? values(reader, letters) : Map.of();
    for (Letter letter : letters) {
      if (format == Format.JSON) {
        terminal().out().println(json(letter, values));
      } else {
        print(letter, values);
      }
    }
    if (letters.isEmpty() && format == Format.TABLE) {
      terminal().out().println("no dead letters");
    }
    return ExitCode.OK;
  }

  private List<Letter> newest(LetterBox box) {
    PriorityQueue<Numbered> kept = new PriorityQueue<>(Numbered.OLDEST_FIRST);
    long[] number = {0};
    box.read(
        letter -> {
          if (!box.isSettled(letter)) {
            kept.add(new Numbered(number[0]++, letter));
            if (kept.size() > limit) {
              kept.remove();
            }
          }
        });
    Deque<Letter> newest = new ArrayDeque<>();
    while (!kept.isEmpty()) {
      newest.addFirst(kept.remove().letter());
    }
    return List.copyOf(newest);
  }

  private static Map<Origin, byte[]> values(RecordReader reader, List<Letter> letters) {
    Map<Origin, byte[]> values = new HashMap<>();
    Originals.of(letters)
        .read(
            reader,
            record ->
                values.put(
                    new Origin(record.topic(), record.partition(), record.offset()),
                    Objects.requireNonNullElseGet(record.value(), () -> new byte[0])));
    return values;
  }

  private void print(Letter letter, Map<Origin, byte[]> values) {
    List<String> lines = new ArrayList<>();
    lines.add(
        letter.time()
            + "  "
            + letter.source()
            + "  "
            + letter.reason()
            + "  "
            + letter.originText());
    lines.add("  " + letter.detail());
    letter.callId().ifPresent(id -> lines.add("  call " + id));
    letter.headers().forEach((name, text) -> lines.add("  header " + name + ": " + text));
    if (value) {
      lines.add("  value " + described(valueOf(letter, values)));
    } else {
      letter
          .valueBytes()
          .ifPresent(bytes -> lines.add("  value of " + bytes + " bytes, not shown"));
    }
    lines.forEach(line -> terminal().out().println(line.replaceAll("\\R", " ")));
  }

  private String json(Letter letter, Map<Origin, byte[]> values) {
    return CanonicalJson.object(
        json -> {
          json.field("time", letter.time().toString())
              .field("source", letter.source())
              .field("reason", letter.reason());
          LetterJson.fields(json, letter);
          json.object("headers", of -> letter.headers().forEach(of::field));
          letter.valueBytes().ifPresent(bytes -> json.field("valueBytes", bytes.longValue()));
          if (value) {
            Optional<byte[]> found = valueOf(letter, values);
            json.field("retained", found.isPresent());
            found.ifPresent(
                bytes ->
                    text(bytes)
                        .ifPresentOrElse(
                            text -> json.field("value", text),
                            () -> json.field("valueBase64", base64(bytes))));
          }
        });
  }

  private static Optional<byte[]> valueOf(Letter letter, Map<Origin, byte[]> values) {
    return letter.origin().map(values::get);
  }

  private static String described(Optional<byte[]> value) {
    if (value.isEmpty()) {
      return "no longer retained";
    }
    byte[] bytes = value.get();
    return text(bytes)
        .map(text -> "of " + bytes.length + " bytes: " + text)
        .orElseGet(() -> "of " + bytes.length + " bytes, base64: " + base64(bytes));
  }

  /** The text that the bytes are, if they are UTF-8 without control characters. */
  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean plain =
          text.chars().allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A letter and when it was read; of those of one millisecond the later read is newer. */
  private record Numbered(long number, Letter letter) {
    static final Comparator<Numbered> OLDEST_FIRST =
        Comparator.comparing((Numbered of) -> of.letter().time())
            .thenComparingLong(Numbered::number);
  }
}
