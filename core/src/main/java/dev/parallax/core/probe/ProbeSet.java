package dev.parallax.core.probe;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.InputKeyHasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The probes that are sent together, in a fixed order. Immutable.
 *
 * <p>A set never changes: {@link #digest()} names what is in it, and vectors of two digests are not
 * compared. It is bounded on both sides: with fewer than {@value #MIN_PROBES} probes a rotation
 * cannot be told from another model, and a comparison costs the cube of their number.
 */
public final class ProbeSet {

  /** Fewest probes of a set, and fewest that a comparison needs. */
  public static final int MIN_PROBES = 8;

  /** Most probes of a set. */
  public static final int MAX_PROBES = 256;

  /** Longest text, in UTF-8 bytes. */
  public static final int MAX_TEXT_BYTES = 16_384;

  private final List<Probe> probes;
  private final String digest;

  /**
   * A set of these probes.
   *
   * @throws IllegalArgumentException if there are too few or too many, a text is too long, or two
   *     have one id or, but for white space, one text
   */
  public ProbeSet(List<Probe> probes) {
    if (probes.size() < MIN_PROBES || probes.size() > MAX_PROBES) {
      throw new IllegalArgumentException(
          "probe set: expected "
              + MIN_PROBES
              + " to "
              + MAX_PROBES
              + " texts, got "
              + probes.size());
    }
    Set<String> ids = new HashSet<>();
    Map<String, String> texts = new HashMap<>();
    for (Probe probe : probes) {
      if (!ids.add(probe.id())) {
        throw new IllegalArgumentException("probe set: id " + probe.id() + " is there twice");
      }
      String other = texts.put(InputKeyHasher.canonical(probe.text()), probe.id());
      if (other != null) {
        throw new IllegalArgumentException(
            "probe set: " + other + " and " + probe.id() + " are the same text");
      }
      int bytes = utf8(probe.text()).length;
      if (bytes > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException(
            "probe "
                + probe.id()
                + ": expected at most "
                + MAX_TEXT_BYTES
                + " bytes, got "
                + bytes);
      }
    }
    this.probes = List.copyOf(probes);
    this.digest = digestOf(this.probes);
  }

  /**
   * A set of texts, called {@code 1}, {@code 2} and so on.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static ProbeSet ofTexts(List<String> texts) {
    List<Probe> probes = new ArrayList<>();
    for (String text : texts) {
      probes.add(new Probe(Integer.toString(probes.size() + 1), text));
    }
    return new ProbeSet(probes);
  }

  /** SHA-256 of ids and texts, each with its length in front. */
  private static String digestOf(List<Probe> probes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Probe probe : probes) {
        for (byte[] part : List.of(utf8(probe.id()), utf8(probe.text()))) {
          sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
          sha256.update(part);
        }
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The probes in their order. */
  public List<Probe> probes() {
    return probes;
  }

  /** How many there are. */
  public int size() {
    return probes.size();
  }

  /** Names the set: 64 hexadecimal digits that depend on every id, every text and their order. */
  public String digest() {
    return digest;
  }

  /** The input keys of the probes, in their order; all are different. */
  public List<InputKey> keys(InputKeyHasher hasher) {
    return probes.stream().map(probe -> hasher.keyOf(probe.text())).toList();
  }
}
