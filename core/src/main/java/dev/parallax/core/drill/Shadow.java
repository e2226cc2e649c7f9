package dev.parallax.core.drill;

/**
 * The name of a shadow series: one that is published for a drill, so that alarms ring that nobody
 * is woken by. Alerts on it are told apart by its name alone, in any system that they pass through.
 */
public final class Shadow {

  private static final String PREFIX = "drill.";

  private Shadow() {}

  /** The name under which a drill publishes for {@code model}. */
  public static String of(String model) {
    return PREFIX + model;
  }

  /** Whether {@code model} is the name of a shadow series. */
  public static boolean is(String model) {
    return model.startsWith(PREFIX);
  }
}
