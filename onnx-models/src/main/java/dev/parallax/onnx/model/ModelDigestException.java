package dev.parallax.onnx.model;

/** A file whose SHA-256 is not the pinned one: changed, damaged or swapped. */
public final class ModelDigestException extends ModelRefusedException {

  private static final long serialVersionUID = 1L;

  ModelDigestException(String location, String expected, String found) {
    super(location + " refused: its SHA-256 is " + found + ", expected " + expected);
  }
}
