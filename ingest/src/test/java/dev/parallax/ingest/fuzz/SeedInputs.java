package dev.parallax.ingest.fuzz;

import dev.parallax.ingest.SampleFiles;
import dev.parallax.ingest.envelope.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a fuzzer begins with: the samples, and inputs of one target that are kept. */
final class SeedInputs {

  private SeedInputs() {}

  /** Every sample's file as it is. */
  static List<byte[]> files() {
    return samples().map(SampleFiles::bytes).toList();
  }

  /** Every sample as a record. */
  static List<SourceRecord> records() {
    return samples().map(SampleFiles::record).toList();
  }

  /** Every sample without its wrapping. */
  static List<byte[]> bodies() {
    return records().stream().map(SourceRecord::value).filter(Objects::nonNull).toList();
  }

  /** Inputs kept for the target of that name: small ones made by hand, and past findings. */
  static List<Path> kept(String target) {
    URL folder = SeedInputs.class.getResource("/fuzz/" + target);
    return folder == null ? List.of() : below(folder).toList();
  }

  private static Stream<String> samples() {
    URL folder = Objects.requireNonNull(SeedInputs.class.getResource("/samples"));
    Path root = path(folder);
    return below(folder)
        .map(file -> root.relativize(file).toString())
        .filter(file -> !file.endsWith(".md"));
  }

  private static Stream<Path> below(URL folder) {
    try (Stream<Path> files = Files.walk(path(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(URL folder) {
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(folder.toString(), e);
    }
  }
}
