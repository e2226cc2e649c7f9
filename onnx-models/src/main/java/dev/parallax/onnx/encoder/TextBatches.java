package dev.parallax.onnx.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How texts share runs of a model, so that a text's vector does not depend on what it shares a run
 * with and few shapes occur, of which the runtime keeps buffers.
 *
 * <p>A run has one of a few sizes and is never filled up with empty texts. Its texts are padded to
 * one length that follows from each text alone: the next multiple of the step.
 *
 * @param step tokens; 1 pads nothing
 * @param sizes of a run, the greatest first, the last one 1
 */
record TextBatches(int step, List<Integer> sizes) {

  /**
   * One text at a time as it is: for a quantised model, which scales its activations over the whole
   * run, padding included.
   */
  static final TextBatches SINGLE = new TextBatches(1, List.of(1));

  /** On a processor, where padding is work for nothing and long runs gain little. */
  static final TextBatches PROCESSOR = new TextBatches(1, List.of(32, 8, 1));

  /** On a device, which is idle in short runs. */
  static final TextBatches DEVICE = new TextBatches(16, List.of(32, 8, 1));

  /**
   * Texts of one run.
   *
   * @param texts their indices
   * @param tokens length of each after padding
   */
  record Batch(List<Integer> texts, int tokens) {}

  TextBatches {
    sizes = List.copyOf(sizes);
  }

  /**
   * Divides texts into runs, shorter ones first.
   *
   * @param lengths of the texts in tokens
   * @param maxLength what no text is padded beyond
   */
  List<Batch> plan(int[] lengths, int maxLength) {
    Integer[] byLength = new Integer[lengths.length];
    Arrays.setAll(byLength, i -> i);
    Arrays.sort(byLength, Comparator.comparingInt(i -> lengths[i]));
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    while (from < byLength.length) {
      int tokens = padded(lengths[byLength[from]], maxLength);
      int to = from + 1;
      while (to < byLength.length && padded(lengths[byLength[to]], maxLength) == tokens) {
        to++;
      }
      divide(Arrays.asList(byLength).subList(from, to), tokens, batches);
      from = to;
    }
    return batches;
  }

  private int padded(int length, int maxLength) {
    return Math.max(length, Math.min(maxLength, (length + step - 1) / step * step));
  }

  private void divide(List<Integer> texts, int tokens, List<Batch> batches) {
    int from = 0;
    for (int size : sizes) {
      for (; texts.size() - from >= size; from += size) {
        batches.add(new Batch(List.copyOf(texts.subList(from, from + size)), tokens));
      }
    }
  }
}
