package dev.parallax.benchmarks.ingest;

import dev.parallax.core.Topics;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The ingest of a {@link Soak}, until it is stopped. */
final class SoakedIngest {

  private SoakedIngest() {}

  /** Runs it: brokers and state directory. */
  public static void main(String[] args) throws InterruptedException {
    IngestConfig config =
        IngestConfig.builder(args[0], Path.of(args[1]), List.of())
            .applicationId("soak")
            .topics(new Topics("soak-events", "soak-dead-letters", "scores", "alerts", "baselines"))
            .inputKeySecret(
                InputKeySecret.of("a secret of the soak".getBytes(StandardCharsets.US_ASCII)))
            .maxWaitingBytes(Soak.WAITING_MB * 1_000_000L)
            .source(
                new SourceConfig(
                    "calls",
                    "responses",
                    Optional.of("requests"),
                    Envelope.RAW,
                    Format.OPENAI,
                    Map.of(),
                    Optional.of("x-request-id"),
                    FormatOptions.NONE,
                    Optional.of("model"),
                    Optional.of("1"),
                    Duration.ofSeconds(30)))
            .build();
    IngestApp app = new IngestApp(config, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(app::close));
    app.start();
    new CountDownLatch(1).await();
  }
}
