package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.graph.PaneScore.NotFinite;
import dev.parallax.onnx.graph.PaneScore.Side;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One graph that many panes go through, good and bad ones. */
class PaneHsicReuseTest {

  private static final int BATCH = PaneHsicGraph.BATCH;

  /** What the runtime's own Java side makes of a run, twice over; measured 0.9 kB. */
  private static final long BYTES_PER_RUN = 2_048;

  private PaneHsicGraph graph;

  @BeforeEach
  void open() {
    graph = PaneHsicGraph.open(TestProvider.settings());
  }

  @AfterEach
  void close() {
    graph.close();
  }

  /** Fewer and more batches, other widths, and back: memory is used again and grows meanwhile. */
  @Test
  void aPaneScoresTheSameWhateverWentThroughBefore() {
    int[][] shapes = {{1, 5, 7}, {15, 5, 7}, {2, 40, 3}, {1, 5, 7}, {3, 40, 3}, {9, 5, 7}};
    PaneSums reused = new PaneSums();
    for (int[] shape : shapes) {
      float[][] y = Rows.normalised(shape[0] * BATCH, shape[2], shape[0]);
      float[][] x = Rows.following(y, shape[1], 0.3, shape[2]);
      assertThat(graph.score(x, y, reused)).isSameAs(reused);

      try (PaneHsicGraph fresh = PaneHsicGraph.open(TestProvider.settings())) {
        assertThat(reused.triples()).isEqualTo(((PaneSums) fresh.score(x, y)).triples());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void anEntryThatIsNoNumberIsAReasonWithItsRow(float value) {
    for (int row : new int[] {0, 16, 63, 64, 200, 9 * BATCH - 1}) {
      float[][] x = Rows.normalised(9 * BATCH, 5, 1);
      float[][] y = Rows.normalised(9 * BATCH, 3, 2);
      List<HsicTriple> good = ((PaneSums) graph.score(x, y)).triples();

      x[row][4] = value;
      assertThat(graph.score(x, y)).isEqualTo(new NotFinite(Side.LIVE, row));
      x[row][4] = 0.1f;
      y[row][0] = value;
      assertThat(graph.score(x, y)).isEqualTo(new NotFinite(Side.REFERENCE, row));
      y[row][0] = 0.1f;

      List<HsicTriple> after = ((PaneSums) graph.score(x, y)).triples();
      for (int b = 0; b < 9; b++) {
        if (b != row / BATCH) {
          assertThat(after.get(b)).isEqualTo(good.get(b));
        }
      }
    }
  }

  @Test
  void rowsThatAreLeftOutAreNotLookedAt() {
    float[][] x = Rows.normalised(BATCH + 1, 5, 1);
    x[BATCH][2] = Float.NaN;
    assertThat(graph.score(x, x)).isInstanceOf(PaneSums.class);
  }

  @Test
  void theGraphAnswersForOrdinaryRowsAndTheDefinitionForThoseWithoutDigits() {
    float[][] y = Rows.normalised(2 * BATCH, 384, 3);
    float[][] x = Rows.following(y, 768, 0.3, 4);
    Arrays.fill(x, BATCH, 2 * BATCH, x[BATCH]);
    x[BATCH + 9] = x[0];

    PaneSums sums = (PaneSums) graph.score(x, y);

    assertThat(sums.triple(0)).isNotEqualTo(plain(x, y, 0));
    assertThat(sums.triple(1)).isEqualTo(plain(x, y, BATCH));
    assertThat(sums.xx(1)).isZero();
  }

  /** Other bits than the definition's say that it was not asked. */
  @Test
  void theGraphAnswersForRowsFarFromTheOrigin() {
    float[][] y = Rows.normalised(BATCH, 384, 3);
    float[][] x = Rows.following(y, 768, 0.3, 4);
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] += 100;
      }
    }

    HsicTriple found = ((PaneSums) graph.score(x, y)).triple(0);

    assertThat(found.xx()).isNotEqualTo(plain(x, y, 0).xx());
  }

  @Test
  void aBatchBesideOneThatIsDefinedKeepsItsBits() {
    float[][] y = Rows.normalised(3 * BATCH, 31, 3);
    float[][] x = Rows.following(y, 17, 0.3, 4);
    List<HsicTriple> before = ((PaneSums) graph.score(x, y)).triples();
    for (int i = BATCH; i < 2 * BATCH; i++) {
      for (int j = 0; j < 17; j++) {
        x[i][j] *= 1e-30f;
      }
    }

    PaneSums after = (PaneSums) graph.score(x, y);

    assertThat(after.triple(0)).isEqualTo(before.get(0));
    assertThat(after.triple(2)).isEqualTo(before.get(2));
    assertThat(after.triple(1)).isEqualTo(plain(x, y, BATCH));
    assertThat(after.xx(1)).isPositive();
  }

  private static HsicTriple plain(float[][] x, float[][] y, int from) {
    return DebiasedHsic.of(
        Arrays.copyOfRange(x, from, from + BATCH), Arrays.copyOfRange(y, from, from + BATCH));
  }

  @Test
  void aCallLeavesAsLittleOnTheHeapForAWidePaneAsForASmallOne() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PaneSums sums = new PaneSums();
    for (int[] shape : new int[][] {{8, 3, 5}, {8, 768, 384}}) {
      float[][] x = Rows.normalised(shape[0] * BATCH, shape[1], 1);
      float[][] y = Rows.normalised(shape[0] * BATCH, shape[2], 2);
      List<Long> perCall = new ArrayList<>();
      for (int call = 0; call < 50; call++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        graph.score(x, y, sums);
        perCall.add(threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(perCall.subList(25, 50))
          .as("bytes a call of %s", Arrays.toString(shape))
          .allMatch(bytes -> bytes <= BYTES_PER_RUN);
    }
  }

  @Test
  void batchesThatAreTooSmallAreRefused() {
    assertThatThrownBy(() -> graph.score(new float[3][2], new float[3][2], 3, new PaneSums()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected batches of 4 or more pairs, got 3");
  }

  @Test
  void sumsBeyondTheLastBatchAreRefused() {
    PaneSums sums = (PaneSums) graph.score(new float[BATCH][2], new float[BATCH][2]);
    assertThat(sums.triples()).containsExactly(new HsicTriple(0, 0, 0));
    assertThatThrownBy(() -> sums.xx(1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("expected a batch below 1, got 1");
  }
}
