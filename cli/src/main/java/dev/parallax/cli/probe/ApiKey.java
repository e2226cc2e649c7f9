package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.Unreadable;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key of an endpoint, from a file alone. It never appears in a text, a log or a failure. */
final class ApiKey {

  private static final int MAX_BYTES = 8192;

  private final String key;

  private ApiKey(String key) {
    this.key = key;
  }

  /**
   * The text of a file, without white space around it.
   *
   * @throws CliException if the file cannot be read or holds no key
   */
  static ApiKey ofFile(Path file) {
    String named = "--key-file " + file;
    try {
      byte[] bytes = Files.readAllBytes(file);
      String key = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      if (key.isEmpty()
          || bytes.length > MAX_BYTES
          || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw CliException.failure(
            named + ": expected a key of visible ASCII characters on one line");
      }
      return new ApiKey(key);
    } catch (IOException e) {
      throw CliException.failure(
          named + ": expected a readable file, " + Unreadable.because(e, file), e);
    }
  }

  /** Puts it on a request. */
  void authorize(HttpRequest.Builder request) {
    request.header("Authorization", "Bearer " + key);
  }

  @Override
  public String toString() {
    return "ApiKey[redacted]";
  }
}
