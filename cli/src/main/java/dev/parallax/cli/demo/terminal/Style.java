package dev.parallax.cli.demo.terminal;

import dev.parallax.core.drift.Verdict;

/** Colours and symbols, or what stands for them where there are none. */
final class Style {

  private static final String ESCAPE = "\u001b[";

  private final TerminalTraits traits;

  Style(TerminalTraits traits) {
    this.traits = traits;
  }

  String done() {
    return traits.unicode() ? green("✓") : "ok";
  }

  String dot() {
    return traits.unicode() ? "·" : "-";
  }

  String green(String text) {
    return colour("32", text);
  }

  String yellow(String text) {
    return colour("33", text);
  }

  String red(String text) {
    return colour("1;31", text);
  }

  String bold(String text) {
    return colour("1", text);
  }

  String dim(String text) {
    return colour("2", text);
  }

  String verdict(Verdict verdict, String text) {
    return switch (verdict) {
      case HEALTHY -> green(text);
      case WARMING -> dim(text);
      case INSUFFICIENT, WARNING, SILENT, TRAFFIC_SHIFT -> yellow(text);
      case DIVERGED, ROTATED, COLLAPSED, PAIRING_FAULT, REFERENCE_FAULT, DEGENERATE -> red(text);
    };
  }

  private String colour(String code, String text) {
    return traits.colour() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
