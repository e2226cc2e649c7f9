package dev.parallax.exporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the status page, from this jar. Only the paths listed here exist, so no request can
 * name any other file.
 */
final class PageAssets {

  private final Map<String, Reply> byPath;

  PageAssets() {
    byPath =
        Map.of(
            "/", load("index.html", "text/html; charset=utf-8"),
            "/assets/status.css", load("status.css", "text/css; charset=utf-8"),
            "/assets/status.js", load("status.js", "text/javascript; charset=utf-8"),
            "/assets/favicon.svg", load("favicon.svg", "image/svg+xml"));
  }

  Optional<Reply> get(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static Reply load(String name, String contentType) {
    try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new Reply(200, contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
