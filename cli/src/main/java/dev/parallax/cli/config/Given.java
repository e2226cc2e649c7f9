package dev.parallax.cli.config;

import java.util.List;

/**
 * A value as it was written: one text, or the items of a list.
 *
 * @param items the texts; one for anything but a list
 * @param origin where it was written
 */
record Given(List<String> items, Origin origin) {

  Given {
    items = List.copyOf(items);
  }

  /** The value as a message shows it. */
  String shown() {
    return String.join(",", items);
  }
}
