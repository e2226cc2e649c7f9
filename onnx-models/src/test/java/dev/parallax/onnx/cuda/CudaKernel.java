package dev.parallax.onnx.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * One row of the table of kernels.
 *
 * @param first operator set
 * @param last operator set
 * @param repeats whether further inputs are like the last one
 * @param types element types by the name that stands for them
 */
record CudaKernel(
    String operator,
    int first,
    int last,
    List<Value> inputs,
    boolean repeats,
    List<Value> outputs,
    Map<String, Set<String>> types) {

  /**
   * An input or output.
   *
   * @param host whether the kernel wants it in the memory of the processor
   */
  record Value(String type, boolean host) {

    private static Value parse(String text) {
      String[] parts = text.split(":");
      return new Value(parts[1], parts[0].endsWith("*"));
    }
  }

  private static final String TABLE = "/cuda/kernels.txt";

  static List<CudaKernel> all() {
    try (InputStream in = CudaKernel.class.getResourceAsStream(TABLE)) {
      String table =
          new String(Objects.requireNonNull(in, TABLE).readAllBytes(), StandardCharsets.UTF_8);
      return table
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(CudaKernel::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CudaKernel parse(String line) {
    String[] cells = line.trim().split("\\s+");
    String[] sets = cells[1].split("-");
    List<String> inputs = List.of(cells[2].split(","));
    boolean repeats = inputs.contains("...");
    Map<String, Set<String>> types = new TreeMap<>();
    for (String cell : Arrays.asList(cells).subList(4, cells.length)) {
      String[] parts = cell.split("=");
      types.put(parts[0], Set.of(parts[1].split(",")));
    }
    return new CudaKernel(
        cells[0],
        Integer.parseInt(sets[0]),
        sets.length == 1 ? Integer.MAX_VALUE : Integer.parseInt(sets[1]),
        inputs.stream().filter(text -> !text.equals("...")).map(Value::parse).toList(),
        repeats,
        Arrays.stream(cells[3].split(",")).map(Value::parse).toList(),
        types);
  }

  boolean isFor(String name, int opset) {
    return operator.equals(name) && first <= opset && opset <= last;
  }

  /** Whether a node's inputs and outputs are of types that this kernel has. */
  boolean takes(List<String> inputTypes, List<String> outputTypes) {
    return fit(inputTypes, inputs, repeats) && fit(outputTypes, outputs, false);
  }

  boolean wantsInHostMemory(int input) {
    return inputs.get(Math.min(input, inputs.size() - 1)).host();
  }

  boolean leavesInHostMemory(int output) {
    return outputs.get(output).host();
  }

  private boolean fit(List<String> found, List<Value> expected, boolean more) {
    if (found.size() > expected.size() && !more) {
      return false;
    }
    for (int i = 0; i < found.size(); i++) {
      String type = expected.get(Math.min(i, expected.size() - 1)).type();
      if (!types.getOrDefault(type, Set.of(type)).contains(found.get(i))) {
        return false;
      }
    }
    return true;
  }
}
