package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.ingest.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of ingest.
 *
 * @param applicationId consumer group and prefix of what ingest creates
 * @param sources where records come from and what they are
 * @param inputKeySecretFile file with the secret of the input keys
 * @param stateDir folder of its state; empty for a temporary one
 * @param deduplicationWindow how long an accepted event is remembered
 * @param deduplicationMaxEvents how many are, of each partition
 * @param commitInterval how often a transaction is committed
 * @param threads its threads
 * @param groupInstanceId name of this process among several, stable over restarts
 * @param standbyReplicas further processes that keep a copy of the state
 * @param deadLetterValues whether dead letters carry the values of their records
 * @param maxWaitingMegabytes most memory for halves that wait
 * @param host address that ingest listens on where it runs alone
 * @param port its port; 0 for any free one
 * @param webConfigFile TLS and passwords of its server
 * @param limits what an event may be
 */
public record IngestSection(
    String applicationId,
    List<SourceConfig> sources,
    Optional<Path> inputKeySecretFile,
    Optional<Path> stateDir,
    Duration deduplicationWindow,
    int deduplicationMaxEvents,
    Duration commitInterval,
    int threads,
    Optional<String> groupInstanceId,
    int standbyReplicas,
    boolean deadLetterValues,
    int maxWaitingMegabytes,
    String host,
    int port,
    Optional<Path> webConfigFile,
    EventLimits limits) {

  /** Copies the list. */
  public IngestSection {
    sources = List.copyOf(sources);
  }

  /**
   * The secret of the input keys: the bytes of its file, without line breaks at the end, which
   * editors add and secret stores do not.
   *
   * @return empty when no file is named
   * @throws CliException if the file cannot be read or holds too few bytes
   */
  public Optional<byte[]> readInputKeySecret() {
    return inputKeySecretFile.map(IngestSection::readSecret);
  }

  /** Every topic that it reads, once. */
  public List<String> sourceTopics() {
    return sources.stream().flatMap(source -> source.topics().stream()).distinct().toList();
  }

  private static byte[] readSecret(Path file) {
    String named = ConfigKeys.INGEST_INPUT_KEY_SECRET_FILE.name() + "=" + file;
    try {
      byte[] bytes = InputKeySecret.withoutLineBreaksAtItsEnd(Files.readAllBytes(file));
      if (bytes.length < InputKeyHasher.MIN_SECRET_BYTES) {
        throw CliException.failure(
            named
                + ": expected a secret of "
                + InputKeyHasher.MIN_SECRET_BYTES
                + " bytes or more, the file holds "
                + bytes.length);
      }
      return bytes;
    } catch (IOException e) {
      throw CliException.failure(
          named + ": expected a readable file, " + Unreadable.because(e, file), e);
    }
  }
}
