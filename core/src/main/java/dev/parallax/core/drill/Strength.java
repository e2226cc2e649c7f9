package dev.parallax.core.drill;

/** How strong the faults of the catalogue are: the strength at which each must be caught. */
public final class Strength {

  /** Tokens left of a text, its two marker tokens included. */
  public static final int TRUNCATED_TOKENS = 8;

  /** Standard deviation of the noise on a weight matrix, over that of its elements. */
  public static final double WEIGHT_NOISE = 0.1;

  /** Bits left of a weight. */
  public static final int WEIGHT_BITS = 4;

  /** Bits left of an element of a vector by the coarse quantisation. */
  public static final int ELEMENT_BITS = 2;

  /** Directions left of a collapsed space. */
  public static final int COLLAPSED_RANK = 2;

  /** Share of answers that are the previous request's, where they are few. */
  public static final double STALE_FEW = 0.05;

  /** The same where they are many. */
  public static final double STALE_MANY = 0.2;

  /** Share of pairs that are joined to another input. */
  public static final double MIS_JOINED = 0.3;

  /** Share of requests that repeat an earlier input of their pane. */
  public static final double REPEATED = 0.4;

  /** Panes from the first sign of a slow drift to its full size. */
  public static final int DRIFT_PANES = 40;

  /** Factor by which the volume of traffic grows or falls. */
  public static final int VOLUME = 10;

  private Strength() {}
}
