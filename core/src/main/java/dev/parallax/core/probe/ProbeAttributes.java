package dev.parallax.core.probe;

import java.util.Map;

/**
 * The attributes that the event of a probe carries, so that a reader can put the events of a cycle
 * together.
 */
public final class ProbeAttributes {

  /** First {@value #SET_DIGITS} digits of {@link ProbeSet#digest()}. */
  public static final String SET = "probe-set";

  /** When the cycle began, in milliseconds since 1970: the same in all of its events. */
  public static final String CYCLE = "probe-cycle";

  /** How many probes the cycle has. */
  public static final String COUNT = "probe-count";

  /** Digits of a digest that name a set. */
  public static final int SET_DIGITS = 16;

  private ProbeAttributes() {}

  /** Of one cycle of a set. */
  public static Map<String, String> of(ProbeSet set, long startMillis) {
    return Map.of(
        SET,
        set.digest().substring(0, SET_DIGITS),
        CYCLE,
        Long.toString(startMillis),
        COUNT,
        Integer.toString(set.size()));
  }
}
