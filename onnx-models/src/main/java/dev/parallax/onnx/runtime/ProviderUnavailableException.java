package dev.parallax.onnx.runtime;

/**
 * The configured execution provider cannot start. There is no fall-back: a job that was asked to
 * run on a GPU and silently runs on the processor is a fault that is found weeks later.
 */
public final class ProviderUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProviderUnavailableException(ExecutionProvider provider, String missing) {
    super("provider=" + provider + " cannot start: " + missing);
  }

  ProviderUnavailableException(ExecutionProvider provider, String missing, Throwable cause) {
    super("provider=" + provider + " cannot start: " + missing, cause);
  }
}
