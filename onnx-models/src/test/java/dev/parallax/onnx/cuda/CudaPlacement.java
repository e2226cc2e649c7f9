package dev.parallax.onnx.cuda;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which nodes of a model the runtime would put on the processor when it is given a CUDA device. It
 * refuses such a model under {@code session.disable_cpu_ep_fallback}.
 *
 * @param withoutKernel operators, with the types of their inputs, that have no CUDA kernel
 * @param preferred operators that have one and are still put on the processor, because all they
 *     work on lies there already: what is computed from a shape
 */
record CudaPlacement(Set<String> withoutKernel, Set<String> preferred) {

  /** Follows the runtime's own rules ({@code fallback_cpu_capability.cc}), nodes being in order. */
  static CudaPlacement of(TypedModel model, List<CudaKernel> kernels) {
    Set<String> withoutKernel = new TreeSet<>();
    Set<String> preferred = new TreeSet<>();
    Set<String> onHost = new HashSet<>();
    for (NodeProto node : model.nodes()) {
      List<String> inputs = node.getInputList().stream().filter(in -> !in.isEmpty()).toList();
      List<String> outputs = node.getOutputList().stream().filter(out -> !out.isEmpty()).toList();
      Optional<CudaKernel> kernel =
          node.getDomain().isEmpty()
              ? kernels.stream()
                  .filter(row -> row.isFor(node.getOpType(), model.opset()))
                  .filter(row -> row.takes(model.types(inputs), model.types(outputs)))
                  .findFirst()
              : Optional.empty();
      if (kernel.isEmpty()) {
        withoutKernel.add(node.getDomain() + node.getOpType() + model.types(inputs));
        onHost.addAll(outputs);
      } else if (worksOnHostOnly(model, inputs, kernel.get(), onHost)) {
        preferred.add(node.getOpType());
        onHost.addAll(outputs);
      } else {
        for (int i = 0; i < outputs.size(); i++) {
          if (kernel.get().leavesInHostMemory(i)) {
            onHost.add(outputs.get(i));
          }
        }
      }
    }
    return new CudaPlacement(withoutKernel, preferred);
  }

  private static boolean worksOnHostOnly(
      TypedModel model, List<String> inputs, CudaKernel kernel, Set<String> onHost) {
    boolean candidate = false;
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputs.get(i);
      if (onHost.contains(input)) {
        candidate = true;
        if (kernel.wantsInHostMemory(i)) {
          return false;
        }
      } else if (!model.isSmallInitializer(input) && !model.isInput(input)) {
        return false;
      }
    }
    return candidate;
  }
}
