package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax decode}: what the records of a source become, without a broker. */
@Command(
    name = "decode",
    description = {
      "Print what records become: one line of JSON for each native event, or",
      "{\"rejected\": reason, \"detail\", \"file\"}; exit 1 when any is rejected.",
      "A file is a record, {\"topic\", \"key\", \"headers\": [[name, value], ...], \"value\"} with"
          + " value_base64 for bytes, or a bare body; .jsonl holds one to a line. Envelope and"
          + " format are guessed unless given here or by --source.",
      "Requests and responses of one invocation are paired by id, and a bare response with the bare"
          + " request right before it. One that stays alone is shown with its \"half\".",
      "Event times are not limited. Without a configured secret, input keys are made under a"
          + " published one: they compare only among themselves."
    })
public final class DecodeCommand implements Callable<Integer> {

  /** Anyone can make these keys: they tell texts apart and hide none. */
  private static final byte[] PUBLISHED_SECRET =
      "parallax decode, published".getBytes(StandardCharsets.US_ASCII);

  /** A thousand years, the widest that limits can be set to. */
  private static final Duration ANY_TIME = Duration.ofDays(365_250);

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Read them as this source of the configuration.")
  private @Nullable String source;

  @Option(
      names = "--envelope",
      paramLabel = "E",
      converter = EnvelopeNames.class,
      completionCandidates = EnvelopeNames.class,
      description = "What records wrap around a body: ${COMPLETION-CANDIDATES}.")
  private @Nullable Envelope envelope;

  @Option(
      names = "--format",
      paramLabel = "F",
      converter = FormatNames.class,
      completionCandidates = FormatNames.class,
      description = "What a body is: ${COMPLETION-CANDIDATES}.")
  private @Nullable Format format;

  @Option(
      names = "--output-tensor",
      paramLabel = "T",
      description = "Name of the tensor with the embeddings, where there are several of floats.")
  private @Nullable String outputTensor;

  @Option(
      names = "--field",
      paramLabel = "NAME=PATH",
      description =
          "Where a part of a body is (id, model, version, time, input or vector): a JSON pointer"
              + " for json-pointer, a column for bentoml. Repeatable.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with records.")
  private List<Path> files = List.of();

  /** A command that prints to {@code terminal}. */
  public DecodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ParallaxConfig config = options.load(terminal.environment());
    EventLimits limits = config.ingest().limits().withTimeSpan(ANY_TIME, ANY_TIME);
    byte[] secret = config.ingest().readInputKeySecret().orElse(PUBLISHED_SECRET);
    RecordDecoder decoder =
        new RecordDecoder(
            description(config), limits, new InputKeyHasher(secret), config.needsInputText());
    DecodeRun run =
        new DecodeRun(decoder, source == null, new DecodedLines(limits), terminal.out());
    try {
      files.forEach(run::add);
      run.finish();
    } catch (IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()), e);
    }
    if (run.rejected() > 0) {
      throw CliException.failure(run.rejected() + " of " + run.printed() + " lines are rejections");
    }
    return ExitCode.OK;
  }

  private Description description(ParallaxConfig config) {
    Description described = source == null ? Description.NONE : Description.of(named(config));
    Map<Field, String> paths = new EnumMap<>(Field.class);
    paths.putAll(described.formatOptions().fields());
    fields.forEach((name, path) -> paths.put(field(name), path));
    boolean points = fields.values().stream().anyMatch(path -> path.startsWith("/"));
    return described.with(
        Optional.ofNullable(envelope).or(described::envelope),
        Optional.ofNullable(format)
            .or(described::format)
            .or(() -> points ? Optional.of(Format.JSON_POINTER) : Optional.empty()),
        new FormatOptions(
            Optional.ofNullable(outputTensor).or(described.formatOptions()::outputTensor),
            described.formatOptions().inputTensor(),
            paths));
  }

  private SourceConfig named(ParallaxConfig config) {
    return SourceNames.find(config, String.valueOf(source));
  }

  private static Field field(String name) {
    for (Field field : Field.values()) {
      if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
        return field;
      }
    }
    throw CliException.usage(
        "--field " + name + ": expected id, model, version, time, input or vector");
  }
}
