package dev.parallax.onnx.drill;

import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.Strength;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.Pooling;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.PinnedSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a service runs that has a fault of {@link dev.parallax.core.drill.FaultLayer#ENCODER}, as a
 * manifest derived from that of the healthy encoder.
 *
 * <p>Edited weights are written to the cache under their own digest, so that they are pinned like
 * any other model. They are made anew each time, which takes a second or two: what lies in a cache
 * is no proof of where it came from.
 */
public final class EncoderFaults {

  private final ParallaxCache cache;

  /** Faults whose edited weights lie in {@code cache}. */
  public EncoderFaults(ParallaxCache cache) {
    this.cache = cache;
  }

  /**
   * The faults that {@code healthy} can have. {@link FaultKind#WRONG_VERSION} is never among them:
   * it needs the manifest of the other version, and that is then all there is to it.
   */
  public static Set<FaultKind> of(EncoderManifest healthy) {
    Set<FaultKind> kinds =
        EnumSet.of(
            FaultKind.WRONG_POOLING,
            FaultKind.MODEL_SWAP,
            FaultKind.WEIGHT_NOISE,
            FaultKind.WEIGHTS_4BIT);
    if (!healthy.prefix().isEmpty()) {
      kinds.add(FaultKind.MISSING_PREFIX);
    }
    if (healthy.maxLength() > Strength.TRUNCATED_TOKENS) {
      kinds.add(FaultKind.TRUNCATION);
    }
    if (healthy.normalise()) {
      kinds.add(FaultKind.MISSING_NORMALISATION);
    }
    if (healthy.dimension() == otherFamily(healthy).dimension()) {
      kinds.add(FaultKind.SLOW_DRIFT);
    }
    return kinds;
  }

  /**
   * What answers in the place of {@code healthy}. Under {@link FaultKind#SLOW_DRIFT} that is the
   * encoder towards whose vectors the healthy ones drift.
   *
   * @throws IllegalArgumentException if this encoder cannot have the fault
   * @throws dev.parallax.onnx.model.ModelRefusedException if its weights are to be edited and
   *     cannot be
   */
  public EncoderManifest broken(FaultKind kind, EncoderManifest healthy) {
    if (!of(healthy).contains(kind)) {
      throw new IllegalArgumentException(
          "fault=" + kind.label() + ": not one that " + healthy.id() + " can have");
    }
    return switch (kind) {
      case WRONG_POOLING ->
          healthy.withPooling(healthy.pooling() == Pooling.CLS ? Pooling.MEAN : Pooling.CLS);
      case MISSING_PREFIX -> healthy.withPrefix("");
      case TRUNCATION -> healthy.withMaxLength(Strength.TRUNCATED_TOKENS);
      case MISSING_NORMALISATION -> healthy.withoutNormalising();
      case MODEL_SWAP, SLOW_DRIFT -> otherFamily(healthy);
      case WEIGHT_NOISE -> edited(kind, healthy, WeightEdit.noise(Strength.WEIGHT_NOISE));
      case WEIGHTS_4BIT -> edited(kind, healthy, WeightEdit.rounding(Strength.WEIGHT_BITS));
      default -> throw new IllegalStateException("not of an encoder: " + kind);
    };
  }

  /** A bundled encoder of a family that is not the one of {@code manifest}. */
  private static EncoderManifest otherFamily(EncoderManifest manifest) {
    return BundledEncoders.manifest(
        manifest.id().startsWith("e5-")
            ? BundledEncoders.BGE_QUANTISED
            : BundledEncoders.E5_QUANTISED);
  }

  private EncoderManifest edited(FaultKind kind, EncoderManifest healthy, WeightEdit edit) {
    byte[] bytes = WeightMatrices.edited(healthy.model().load(), edit);
    String sha256 = PinnedBytes.sha256(bytes);
    Path file = cache.drills().resolve(sha256 + ".onnx");
    try {
      if (!Files.exists(file) || Files.size(file) != bytes.length) {
        Path written = Files.createTempFile(cache.drills(), "edited", ".part");
        Files.write(written, bytes);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": expected a file that can be written", e);
    }
    return healthy.withModel(kind.label(), new PinnedSource(file.toString(), sha256));
  }
}
