package dev.parallax.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CliException;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.core.probe.Probe;
import dev.parallax.core.probe.ProbeSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Probe sets as files: one text a line, or one JSON object a line, {@code {"id": …, "text": …}},
 * which a file is if its first line begins with a brace. Blank lines do not count; a text without
 * an id is called by the number of its line.
 */
final class ProbeFile {

  /** Names the set that comes with the build. */
  static final String BUILTIN = "builtin";

  private static final String RESOURCE = "probes.txt";
  private static final long MAX_BYTES = 8L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProbeFile() {}

  /**
   * The set that {@code --set} names.
   *
   * @throws CliException if the file cannot be read or is no set
   */
  static ProbeSet read(String name) {
    if (name.equals(BUILTIN)) {
      return builtin();
    }
    Path file = Path.of(name);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw CliException.failure("--set " + name + ": expected at most " + MAX_BYTES + " bytes");
      }
      return parse("--set " + name, Files.readString(file));
    } catch (IOException e) {
      throw CliException.failure(
          "--set " + name + ": expected a readable file, " + Unreadable.because(e, file), e);
    }
  }

  /** The set that comes with the build: 64 short sentences on everyday and technical matters. */
  static ProbeSet builtin() {
    try (InputStream in = ProbeFile.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return parse(BUILTIN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }

  static ProbeSet parse(String name, String content) {
    List<String> lines = content.lines().toList();
    boolean json =
        lines.stream()
            .filter(line -> !line.isBlank())
            .findFirst()
            .filter(line -> line.startsWith("{"))
            .isPresent();
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String number = Integer.toString(i + 1);
        probes.add(
            json
                ? ofJson(name + " line " + number, number, lines.get(i))
                : new Probe(number, lines.get(i)));
      }
    }
    try {
      return new ProbeSet(probes);
    } catch (IllegalArgumentException e) {
      throw CliException.failure(name + ": " + e.getMessage(), e);
    }
  }

  private static Probe ofJson(String place, String number, String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw CliException.failure(
          place + ": expected one JSON object: " + e.getOriginalMessage(), e);
    }
    @Nullable JsonNode text = node.get("text");
    @Nullable JsonNode id = node.get("id");
    if (text == null || !text.isTextual() || text.asText().isBlank()) {
      throw CliException.failure(place + ": expected \"text\" with a text that is not blank");
    }
    if (id == null) {
      return new Probe(number, text.asText());
    }
    if (!id.isValueNode() || id.asText().isBlank()) {
      throw CliException.failure(place + ": expected \"id\" with a text that is not blank");
    }
    return new Probe(id.asText(), text.asText());
  }
}
