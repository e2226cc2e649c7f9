package dev.parallax.onnx.model;

/** An ONNX model that keeps weights outside its own file, where no digest covers them. */
public final class ExternalDataException extends ModelRefusedException {

  private static final long serialVersionUID = 1L;

  ExternalDataException(String location, String tensor) {
    super(
        location
            + " refused: tensor '"
            + tensor
            + "' is stored in another file, expected every weight inside the model");
  }
}
