package dev.parallax.onnx.model;

/**
 * A model, tokenizer or graph that Parallax will not run. The message is one line that names the
 * file, what was expected and what was found, fit to be shown to an operator as it is.
 */
public class ModelRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelRefusedException(String message) {
    super(message);
  }

  public ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
