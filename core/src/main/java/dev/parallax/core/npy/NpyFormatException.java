package dev.parallax.core.npy;

import java.io.IOException;

/** A file is not a {@code .npy} matrix of the kind read here; the message says in what. */
public final class NpyFormatException extends IOException {

  private static final long serialVersionUID = 1;

  NpyFormatException(String message) {
    super(message);
  }
}
