package dev.parallax.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.graph.GraphSet;
import dev.parallax.onnx.model.PinnedSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What runs on a CUDA device, without one: of every operator and element type of every model there
 * is a kernel in the published list, or it is stated here that there is none.
 */
class CudaPlacementTest {

  static List<PinnedSource> graphs() {
    return GraphSet.sources();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void everyNodeOfAStatisticsGraphRunsOnTheDevice(PinnedSource graph)
      throws IOException, OrtException {
    CudaPlacement placement = placement(graph);

    assertThat(placement.withoutKernel()).isEmpty();
    assertThat(placement.preferred()).isEmpty();
  }

  @Test
  void theSinglePrecisionEncoderLeavesOnlyItsShapesToTheProcessor()
      throws IOException, OrtException {
    CudaPlacement placement = placement(BundledEncoders.manifest(BundledEncoders.MINILM).model());

    assertThat(placement.withoutKernel()).isEmpty();
    assertThat(placement.preferred()).containsExactlyInAnyOrder("Gather", "Unsqueeze", "Concat");
  }

  static List<String> quantised() {
    return List.of(
        BundledEncoders.MINILM_QUANTISED,
        BundledEncoders.BGE_QUANTISED,
        BundledEncoders.E5_QUANTISED);
  }

  /** Their products of 8-bit matrices run on the processor whatever the provider. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("quantised")
  void aQuantisedEncoderHasNoDeviceKernelForItsProducts(String id)
      throws IOException, OrtException {
    CudaPlacement placement = placement(BundledEncoders.manifest(id).model());

    assertThat(placement.withoutKernel())
        .containsExactlyInAnyOrder(
            "DynamicQuantizeLinear[float]", "MatMulInteger[uint8, int8, uint8, int8]");
  }

  private static CudaPlacement placement(PinnedSource model) throws IOException, OrtException {
    return CudaPlacement.of(TypedModel.of(model.load()), CudaKernel.all());
  }
}
