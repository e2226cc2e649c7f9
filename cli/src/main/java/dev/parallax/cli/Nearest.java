package dev.parallax.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelt word was meant to be. */
public final class Nearest {

  /** A guess further than a third of the word away is noise. */
  private static final int LETTERS_PER_EDIT = 3;

  private Nearest() {}

  /**
   * The word of {@code known} with the fewest edits (insert, delete, replace, swap neighbours) from
   * {@code word}; the first of equals.
   *
   * @return empty if none is near enough to be meant
   */
  public static Optional<String> to(String word, Collection<String> known) {
    int limit = Math.max(1, word.length() / LETTERS_PER_EDIT);
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
  }

  /** The guess as the end of a message: {@code : did you mean monitor.pane?}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(guess -> ": did you mean " + guess + "?").orElse("");
  }

  private static int edits(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int replace = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = best;
      }
    }
    return distance[a.length()][b.length()];
  }
}
