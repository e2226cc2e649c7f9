package dev.parallax.exporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Finds what could not be read on a page: see {@code geometry.js}. */
final class Geometry {

  private static final String SCRIPT = script();

  private Geometry() {}

  /** One line for each text that is cut, covered or outside the window; empty if all is well. */
  static String findings(Chromium browser) {
    return browser.evaluate(SCRIPT).asText();
  }

  private static String script() {
    try (InputStream in = Geometry.class.getResourceAsStream("geometry.js")) {
      if (in == null) {
        throw new IllegalStateException("geometry.js is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
