package dev.parallax.core.embedding;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a native event says of one inference: the value of the record. The event's id and time are
 * CloudEvents headers ({@link EventHeaders}) and not repeated here.
 *
 * @param model the model that answered, such as {@code search-embedder}
 * @param modelVersion its version
 * @param vector the live vector
 * @param inputKey names the input; absent when the producer leaves it to ingest, which then needs
 *     {@code inputText}
 * @param inputText the input, where the reference needs it
 * @param inputTensor the input as a tensor, where the reference takes tensors
 * @param reference the reference vector, where the producer attaches it
 * @param attributes for slices; bounded by {@link EventLimits}
 * @param probe whether this is a probe, a fixed input sent again and again
 */
public record EmbeddingEvent(
    String model,
    String modelVersion,
    WireVector vector,
    Optional<InputKey> inputKey,
    Optional<String> inputText,
    Optional<InputTensor> inputTensor,
    Optional<AttachedReference> reference,
    Map<String, String> attributes,
    boolean probe) {

  /** Copies the attributes. */
  public EmbeddingEvent {
    attributes = Map.copyOf(attributes);
  }

  /** An event with a live vector and its input key, and nothing else. */
  public static EmbeddingEvent of(
      String model, String modelVersion, WireVector vector, InputKey inputKey) {
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector,
        Optional.of(inputKey),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false);
  }

  /** This event under the name of another model. */
  public EmbeddingEvent withModel(String name) {
    return new EmbeddingEvent(
        name, modelVersion, vector, inputKey, inputText, inputTensor, reference, attributes, probe);
  }

  /** This event with another live vector. */
  public EmbeddingEvent withVector(WireVector other) {
    return new EmbeddingEvent(
        model, modelVersion, other, inputKey, inputText, inputTensor, reference, attributes, probe);
  }

  /** This event with another input key. */
  public EmbeddingEvent withInputKey(InputKey key) {
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector,
        Optional.of(key),
        inputText,
        inputTensor,
        reference,
        attributes,
        probe);
  }

  /** This event with an input text. */
  public EmbeddingEvent withInputText(String text) {
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector,
        inputKey,
        Optional.of(text),
        inputTensor,
        reference,
        attributes,
        probe);
  }

  /** This event with other attributes. */
  public EmbeddingEvent withAttributes(Map<String, String> other) {
    return new EmbeddingEvent(
        model, modelVersion, vector, inputKey, inputText, inputTensor, reference, other, probe);
  }

  /** This event without its input text. */
  public EmbeddingEvent withoutInputText() {
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector,
        inputKey,
        Optional.empty(),
        inputTensor,
        reference,
        attributes,
        probe);
  }

  /** This event with a reference vector of the reference space {@code referenceId}. */
  public EmbeddingEvent withReference(String referenceId, WireVector referenceVector) {
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector,
        inputKey,
        inputText,
        inputTensor,
        Optional.of(new AttachedReference(referenceId, referenceVector)),
        attributes,
        probe);
  }

  /**
   * A reference vector that travels with the event.
   *
   * @param referenceId id of the reference space
   * @param vector the reference vector of the same input
   */
  public record AttachedReference(String referenceId, WireVector vector) {}

  /**
   * An input that is a tensor.
   *
   * @param vector the elements in row-major order
   * @param shape the lengths of the axes; their product is the dimension of {@code vector}
   */
  public record InputTensor(WireVector vector, List<Integer> shape) {

    /** Copies the shape. */
    public InputTensor {
      shape = List.copyOf(shape);
    }
  }
}
