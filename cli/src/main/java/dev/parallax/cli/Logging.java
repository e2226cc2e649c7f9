package dev.parallax.cli;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * How much of what the libraries log reaches the terminal.
 *
 * <p>Nothing by default: their warnings are about things a user of a command can do nothing about,
 * and what matters is printed by the command. Everything goes to standard error, so that results on
 * standard output stay readable by other programs.
 */
public final class Logging {

  /** Read by {@code log4j2.xml} when the first logger is made. */
  private static final String LEVEL_PROPERTY = "parallax.log.level";

  /** Level of the loggers that cry wolf. */
  private static final String NOISE_PROPERTY = "parallax.log.noise";

  private Logging() {}

  /** Silences the libraries. Call before any of them is loaded. */
  static void quiet() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /** Shows what the libraries log at {@code INFO} and above. Call before any of them is loaded. */
  static void verbose() {
    System.setProperty(LEVEL_PROPERTY, "info");
    System.setProperty(NOISE_PROPERTY, "info");
  }

  /**
   * Shows warnings of the libraries: for the roles that run for months, where they are the first
   * sign of trouble. Call before any of them is loaded; an explicit level stays.
   */
  public static void warnings() {
    System.getProperties().putIfAbsent(LEVEL_PROPERTY, "warn");
  }
}
