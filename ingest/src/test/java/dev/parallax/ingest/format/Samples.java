package dev.parallax.ingest.format;

import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Bodies of the sample files. */
final class Samples {

  private static final Path ROOT = Path.of("src/test/resources/samples");

  private Samples() {}

  /** The bytes of a file. */
  static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON of a file. */
  static JsonValue json(String file) {
    try {
      return JsonTree.read(bytes(file));
    } catch (NotJsonException e) {
      throw new AssertionError(file, e);
    }
  }

  /** The body in a file: that of the record or HTTP body it wraps, or else the file itself. */
  static Body body(String file) {
    if (file.endsWith(".record.json") && json(file).get("value_base64").isPresent()) {
      String base64 = json(file).get("value_base64").get().text().orElseThrow();
      return Body.of(Base64.getDecoder().decode(base64));
    }
    if (file.endsWith(".record.json")) {
      JsonValue value = json(file).get("value").orElseThrow();
      return Body.of(value.get("specversion").isPresent() ? value.get("data").get() : value);
    }
    if (file.endsWith(".json") && json(file).get("body_base64").isPresent()) {
      String base64 = json(file).get("body_base64").get().text().orElseThrow();
      return Body.of(Base64.getDecoder().decode(base64));
    }
    return Body.of(bytes(file));
  }

  /** Every file below a folder. */
  static List<String> below(String folder) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> ROOT.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
