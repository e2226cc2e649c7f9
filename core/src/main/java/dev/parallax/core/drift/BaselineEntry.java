package dev.parallax.core.drift;

import dev.parallax.core.window.Series;

/** A record of {@code parallax.baselines}; {@link BaselineWire} gives it bytes. */
public sealed interface BaselineEntry permits BaselineRecord, BaselineOrder {

  /** Which series. */
  Series series();

  /** Id of the baseline. */
  String baseline();

  /** Key of the record; an entry takes the place of earlier ones with its key. */
  String key();
}
