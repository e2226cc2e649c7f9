package dev.parallax.cli.demo.models;

import dev.parallax.core.embedding.EventHeaders;

/**
 * A production model of the demo.
 *
 * @param name name of the service that runs it
 * @param version version of the service
 * @param encoder what it runs
 */
public record DemoModel(String name, String version, DemoEncoder encoder) {

  /** {@code name/version}, the subject of its events. */
  public String subject() {
    return new EventHeaders.Subject(name, version).toString();
  }
}
