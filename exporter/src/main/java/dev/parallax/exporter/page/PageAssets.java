package dev.parallax.exporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the status page, from this jar. Only the paths listed here exist, so no request can
 * name any other file.
 */
final class PageAssets {

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "accounting",
          "address",
          "alerts",
          "audit",
          "cards",
          "chart",
          "dom",
          "drawing",
          "fleet",
          "format",
          "news",
          "panels",
          "paths",
          "rows",
          "scale",
          "series",
          "server",
          "status",
          "verdicts");

  private final Map<String, Reply> byPath = new HashMap<>();

  PageAssets() {
    byPath.put("/", load("index.html", "text/html; charset=utf-8"));
    byPath.put("/assets/favicon.svg", load("favicon.svg", "image/svg+xml"));
    for (String name : List.of("status.css", "views.css")) {
      byPath.put("/assets/" + name, load(name, STYLE));
    }
    for (String name : SCRIPTS) {
      byPath.put("/assets/" + name + ".js", load(name + ".js", SCRIPT));
    }
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
