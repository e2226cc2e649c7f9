package dev.parallax.core.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedListsTest {

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({
    "abc, abc, 3, 0",
    "abc, acb, 2, 2",
    "abc, xyz, 0, 3",
    "abcd, bcda, 3, 2",
    "abcd, dcba, 1, 4",
    "abcd, axcd, 3, 1",
    "kitten, sittin, 4, 2",
    "abcdef, fabcde, 5, 2",
    "abcdef, badcfe, 3, 4"
  })
  void lengthsAndDistancesAreTheKnownOnes(String a, String b, int common, int edits) {
    int[] first = a.chars().toArray();
    int[] second = b.chars().toArray();
    assertThat(LcsKnn.length(first, second)).isEqualTo(common);
    assertThat(EditDistanceKnn.distance(first, second)).isEqualTo(edits);
  }

  @Test
  void bothAreThoseOfTheirRecursions() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] a = random.ints(6, 0, 5).toArray();
      int[] b = random.ints(6, 0, 5).toArray();
      assertThat(LcsKnn.length(a, b)).isEqualTo(common(a, b, 0, 0));
      assertThat(EditDistanceKnn.distance(a, b)).isEqualTo(edits(a, b, 0, 0));
    }
  }

  private static int common(int[] a, int[] b, int i, int j) {
    if (i == a.length || j == b.length) {
      return 0;
    }
    return a[i] == b[j]
        ? 1 + common(a, b, i + 1, j + 1)
        : Math.max(common(a, b, i + 1, j), common(a, b, i, j + 1));
  }

  private static int edits(int[] a, int[] b, int i, int j) {
    if (i == a.length || j == b.length) {
      return a.length - i + b.length - j;
    }
    int replaced = edits(a, b, i + 1, j + 1) + (a[i] == b[j] ? 0 : 1);
    return Math.min(replaced, 1 + Math.min(edits(a, b, i + 1, j), edits(a, b, i, j + 1)));
  }
}
