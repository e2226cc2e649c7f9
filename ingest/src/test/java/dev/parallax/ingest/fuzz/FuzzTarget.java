package dev.parallax.ingest.fuzz;

import java.util.List;

/** A decoder of bytes from strangers, and what must hold whatever they send. Not thread-safe. */
interface FuzzTarget {

  /** Its name on the command line, that of its folder of inputs. */
  String name();

  /** Inputs to begin with, made of the samples. */
  List<byte[]> samples();

  /**
   * Decodes {@code input} in every way that configuration allows.
   *
   * @throws AssertionError if what comes out of it, or what it took, is not allowed
   */
  void accept(byte[] input);
}
