package dev.parallax.benchmarks.detection;

import dev.parallax.core.window.PairedPane;
import java.util.Arrays;
import java.util.Random;

/** A stream of panes: what the model answers to what it is asked. */
interface Population {

  /**
   * One pane.
   *
   * @param since panes since the fault began
   * @param index place of the pane in its stream
   * @param random of the stream; draws only from it
   */
  PairedPane pane(int since, int index, Random random);

  /** The first {@code count} of a shuffle of {@code from}. */
  static int[] draw(int[] from, int count, Random random) {
    int[] all = from.clone();
    int taken = Math.min(count, all.length);
    for (int i = 0; i < taken; i++) {
      int j = i + random.nextInt(all.length - i);
      int chosen = all[j];
      all[j] = all[i];
      all[i] = chosen;
    }
    return Arrays.copyOf(all, taken);
  }
}
