package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Inputs and outputs of a model from the tensors of the Open Inference Protocol.
 *
 * <p>The embeddings are the tensor that the options name. Where they name none:
 *
 * <ol>
 *   <li>the only tensor of floats with two axes [rows, width] and a width of 2 or more;
 *   <li>of several such, the only one whose name ends in {@code embedding} or {@code embeddings};
 *   <li>without such, the only tensor of floats with one axis of 2 or more: a single row.
 * </ol>
 *
 * A width of 1 is a prediction, more than two axes are vectors of tokens.
 *
 * <p>The inputs are the tensor that the options name, else the only one, the only one of {@code
 * BYTES}, or {@code input_ids}. {@code BYTES} are texts, one for each row, so no more than one axis
 * may be longer than 1. Of numbers, the first axis is the batch; a single axis is a single row.
 * Rows of integers named {@code input_ids} are tokens.
 */
final class OipTensors {

  private static final int MIN_WIDTH = 2;
  private static final int MAX_LISTED = 8;
  private static final String INPUT_IDS = "input_ids";

  /** Up to here every integer is a float. */
  private static final double MAX_EXACT_FLOAT = 1 << 24;

  /** Up to here every integer is a double. */
  private static final double MAX_EXACT_DOUBLE = 1L << 53;

  private OipTensors() {}

  /**
   * The embeddings among the outputs of a response, one for each row.
   *
   * @throws RejectedBodyException if there is none, or more than one tensor of them
   */
  static List<ModelOutput> outputs(List<OipTensor> tensors, FormatOptions options)
      throws RejectedBodyException {
    OipTensor tensor = chooseOutput(tensors, options.outputTensor());
    tensor.checkCount();
    if (!(tensor.data() instanceof OipData.Numeric numbers)) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT, "output " + tensor + " holds texts where floats are expected");
    }
    if (numbers.count() == 0) {
      throw new RejectedBodyException(Reason.COUNT_MISMATCH, "output " + tensor + " has no rows");
    }
    int width = (int) tensor.width();
    int rows = numbers.count() / width;
    List<ModelOutput> outputs = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      outputs.add(new ModelOutput.Embedding(numbers.vector(row * width, width)));
    }
    return outputs;
  }

  /**
   * The inputs of a request, one for each row.
   *
   * @throws RejectedBodyException if there is none, or more than one tensor that could be it
   */
  static List<ModelInput> inputs(List<OipTensor> tensors, FormatOptions options)
      throws RejectedBodyException {
    OipTensor tensor = chooseInput(tensors, options.inputTensor());
    tensor.checkCount();
    if (tensor.data().count() == 0) {
      throw new RejectedBodyException(Reason.MISSING_INPUT, "input " + tensor + " has no elements");
    }
    if (tensor.data() instanceof OipData.Texts texts) {
      return textsOf(tensor, texts);
    }
    return rowsOf(tensor, (OipData.Numeric) tensor.data());
  }

  private static OipTensor chooseOutput(List<OipTensor> outputs, Optional<String> wanted)
      throws RejectedBodyException {
    if (wanted.isPresent()) {
      OipTensor named =
          named(outputs, wanted.get())
              .orElseThrow(() -> noFloatOutput("no output named " + wanted.get(), outputs));
      if (!named.isFloat()) {
        throw noFloatOutput("output " + wanted.get() + " is not of floats", outputs);
      }
      checkPooled(named);
      return named;
    }
    List<OipTensor> floats = outputs.stream().filter(OipTensor::isFloat).toList();
    if (floats.isEmpty()) {
      throw noFloatOutput("no float output", outputs);
    }
    if (floats.size() == 1) {
      checkPooled(floats.get(0));
      return floats.get(0);
    }
    List<OipTensor> matrices = floats.stream().filter(hasAxes(2)).toList();
    List<OipTensor> pooled =
        matrices.isEmpty() ? floats.stream().filter(hasAxes(1)).toList() : matrices;
    List<OipTensor> best =
        pooled.size() > 1 ? pooled.stream().filter(OipTensors::isNamedEmbedding).toList() : pooled;
    if (best.size() == 1) {
      return best.get(0);
    }
    if (pooled.isEmpty()) {
      throw floats.stream().anyMatch(tensor -> tensor.axes() > 2)
          ? new RejectedBodyException(
              Reason.NOT_POOLED, "no float output of two axes; outputs are " + list(outputs))
          : noFloatOutput("no float output of width 2 or more", outputs);
    }
    throw new AmbiguousOutputException(
        "more than one float output: name one as output tensor; outputs are " + list(outputs),
        pooled.stream().map(OipTensor::name).toList());
  }

  private static Predicate<OipTensor> hasAxes(int axes) {
    return tensor -> tensor.axes() == axes && tensor.width() >= MIN_WIDTH;
  }

  private static boolean isNamedEmbedding(OipTensor tensor) {
    String name = tensor.name().toLowerCase(Locale.ROOT);
    return name.endsWith("embedding") || name.endsWith("embeddings");
  }

  private static void checkPooled(OipTensor tensor) throws RejectedBodyException {
    if (tensor.axes() > 2) {
      throw new RejectedBodyException(
          Reason.NOT_POOLED, "output " + tensor + " has " + tensor.axes() + " axes, expected 2");
    }
    if (tensor.width() < MIN_WIDTH) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT,
          "output " + tensor + " is a prediction; an embedding has 2 elements or more");
    }
  }

  private static OipTensor chooseInput(List<OipTensor> inputs, Optional<String> wanted)
      throws RejectedBodyException {
    if (wanted.isPresent()) {
      return named(inputs, wanted.get())
          .orElseThrow(() -> missingInput("no input named " + wanted.get(), inputs));
    }
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    List<OipTensor> texts =
        inputs.stream().filter(tensor -> tensor.data() instanceof OipData.Texts).toList();
    if (texts.size() == 1) {
      return texts.get(0);
    }
    if (texts.isEmpty()) {
      Optional<OipTensor> ids = named(inputs, INPUT_IDS);
      if (ids.isPresent()) {
        return ids.get();
      }
    }
    throw missingInput("expected one input, or one named as input tensor", inputs);
  }

  private static List<ModelInput> textsOf(OipTensor tensor, OipData.Texts texts)
      throws RejectedBodyException {
    if (tensor.shape().stream().filter(length -> length > 1).count() > 1) {
      throw new RejectedBodyException(
          Reason.MISSING_INPUT, "input " + tensor + " has several texts for each row");
    }
    List<ModelInput> inputs = new ArrayList<>(texts.count());
    for (String text : texts.values()) {
      inputs.add(new ModelInput.Text(text));
    }
    return inputs;
  }

  private static List<ModelInput> rowsOf(OipTensor tensor, OipData.Numeric numbers) {
    int rows = tensor.axes() < 2 ? 1 : (int) (long) tensor.shape().get(0);
    int width = numbers.count() / rows;
    List<Integer> shape =
        List.copyOf(
            tensor.shape().stream().skip(tensor.axes() < 2 ? 0 : 1).map(Long::intValue).toList());
    boolean integers = !tensor.isFloat();
    boolean tokens = integers && tensor.name().equals(INPUT_IDS) && tensor.axes() == 2;
    double most = tokens ? MAX_EXACT_DOUBLE : MAX_EXACT_FLOAT;
    double least = tokens ? 0 : -most;
    ModelInput noKey =
        new ModelInput.Unreadable(
            new Rejection(
                Reason.MISSING_INPUT,
                "input "
                    + tensor
                    + (tokens
                        ? " has integers that are not ids of tokens"
                        : " has integers too large to make a key of")));
    List<ModelInput> inputs = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      if (integers && !areWithin(least, most, numbers, start, width)) {
        inputs.add(noKey);
      } else if (tokens) {
        inputs.add(tokens(numbers, start, width));
      } else {
        inputs.add(new ModelInput.Tensor(numbers.vector(start, width), shape));
      }
    }
    return inputs;
  }

  private static boolean areWithin(
      double least, double most, OipData.Numeric numbers, int start, int count) {
    for (int i = start; i < start + count; i++) {
      if (!(numbers.at(i) >= least && numbers.at(i) <= most)) {
        return false;
      }
    }
    return true;
  }

  private static ModelInput tokens(OipData.Numeric numbers, int start, int count) {
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (long) numbers.at(start + i);
    }
    return new ModelInput.Tokens(ids);
  }

  private static Optional<OipTensor> named(List<OipTensor> tensors, String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  private static RejectedBodyException noFloatOutput(String what, List<OipTensor> outputs) {
    return new RejectedBodyException(
        Reason.NO_FLOAT_OUTPUT, what + "; outputs are " + list(outputs));
  }

  private static RejectedBodyException missingInput(String what, List<OipTensor> inputs) {
    return new RejectedBodyException(Reason.MISSING_INPUT, what + "; inputs are " + list(inputs));
  }

  private static String list(List<OipTensor> tensors) {
    if (tensors.isEmpty()) {
      return "none";
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < Math.min(tensors.size(), MAX_LISTED); i++) {
      list.append(i == 0 ? "" : ", ").append(tensors.get(i));
    }
    return tensors.size() > MAX_LISTED ? list.append(", …").toString() : list.toString();
  }
}
