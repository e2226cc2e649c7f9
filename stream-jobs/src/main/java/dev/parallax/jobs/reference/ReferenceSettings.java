package dev.parallax.jobs.reference;

import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which reference space a job compares with.
 *
 * @param kind where reference vectors come from
 * @param id id of the reference space, part of every series
 * @param manifest of an encoder: {@code builtin:NAME} or the path of a {@code reference.json}
 * @param provider ONNX Runtime execution provider of the encoder
 * @param threads threads of the encoder
 * @param cacheBytes most memory for reference vectors that were computed already
 * @param cacheDir where they are kept between runs; empty to keep them in memory only
 */
public record ReferenceSettings(
    Kind kind,
    String id,
    String manifest,
    String provider,
    int threads,
    long cacheBytes,
    String cacheDir)
    implements Serializable {

  private static final String CPU = "cpu";
  private static final String BUILTIN = "builtin:";
  private static final long DEFAULT_CACHE_BYTES = 256L << 20;

  /** Checks the id, which is part of every series' key. */
  public ReferenceSettings {
    if (id.isBlank() || id.indexOf('|') >= 0) {
      throw new IllegalArgumentException(
          "reference.id=" + id + ": expected a name without the character |");
    }
  }

  /** Where reference vectors come from. */
  public enum Kind {
    /** An encoder of ours reads the event's text. */
    ENCODER,
    /** The events carry them. */
    ATTACHED
  }

  /** Reference vectors that the events carry. */
  public static ReferenceSettings attached(String id) {
    return new ReferenceSettings(Kind.ATTACHED, id, "", CPU, 1, 0, "");
  }

  /** Reference vectors of a bundled encoder on the processor. */
  public static ReferenceSettings builtin(String encoder, int threads, String cacheDir) {
    return new ReferenceSettings(
        Kind.ENCODER, encoder, BUILTIN + encoder, CPU, threads, DEFAULT_CACHE_BYTES, cacheDir);
  }

  /**
   * The manifest of the encoder.
   *
   * @throws UncheckedIOException if its file cannot be read
   */
  public EncoderManifest readManifest() {
    if (manifest.startsWith(BUILTIN)) {
      return BundledEncoders.manifest(manifest.substring(BUILTIN.length()));
    }
    try {
      return EncoderManifest.read(manifest, Files.readAllBytes(Path.of(manifest)));
    } catch (IOException e) {
      throw new UncheckedIOException("reference.manifest=" + manifest + ": cannot be read", e);
    }
  }

  /** What scores say of the reference: a digest of the encoder, or that vectors came attached. */
  public String digest() {
    return kind == Kind.ATTACHED ? "attached:" + id : readManifest().digest();
  }

  /** The same reference space, encoded by the processor. */
  public ReferenceSettings onProcessor() {
    return new ReferenceSettings(kind, id, manifest, CPU, threads, cacheBytes, cacheDir);
  }

  /** Puts the reference space to work in this process. */
  public ReferenceVectors open() {
    return kind == Kind.ATTACHED ? new AttachedReferences(id) : EncodedReferences.open(this);
  }
}
