package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.onnx.encoder.TextBatches.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextBatchesTest {

  @Test
  void everyTextIsInOneRunAndPaddedByItsOwnLengthAlone() {
    int[] lengths = new Random(1).ints(300, 2, 257).toArray();
    List<Batch> batches = new TextBatches(16, List.of(32, 8, 1)).plan(lengths, 256);

    assertThat(batches.stream().flatMap(batch -> batch.texts().stream()))
        .hasSize(300)
        .doesNotHaveDuplicates();
    for (Batch batch : batches) {
      assertThat(batch.texts()).satisfies(texts -> assertThat(texts.size()).isIn(1, 8, 32));
      for (int text : batch.texts()) {
        assertThat(batch.tokens()).isEqualTo((lengths[text] + 15) / 16 * 16);
      }
    }
  }

  @Test
  void runsAreAsLongAsTheTextsAllow() {
    int[] lengths = new int[75];
    Arrays.fill(lengths, 7);
    assertThat(TextBatches.PROCESSOR.plan(lengths, 256))
        .extracting(batch -> batch.texts().size())
        .containsExactly(32, 32, 8, 2, 1);
  }

  @Test
  void nothingIsPaddedBeyondTheModelsLengthNorCut() {
    assertThat(TextBatches.DEVICE.plan(new int[] {250}, 250))
        .containsExactly(new Batch(List.of(0), 250));
    assertThat(TextBatches.DEVICE.plan(new int[] {251}, 250))
        .containsExactly(new Batch(List.of(0), 251));
  }

  @Test
  void onAProcessorNothingIsPaddedAndQuantisedModelsGetOneTextAtATime() {
    int[] lengths = {5, 3, 5};
    assertThat(TextBatches.PROCESSOR.plan(lengths, 256))
        .containsExactly(new Batch(List.of(1), 3), new Batch(List.of(0, 2), 5));
    assertThat(TextBatches.SINGLE.plan(lengths, 256))
        .containsExactly(
            new Batch(List.of(1), 3), new Batch(List.of(0), 5), new Batch(List.of(2), 5));
    assertThat(TextBatches.SINGLE.plan(new int[0], 256)).isEmpty();
  }
}
