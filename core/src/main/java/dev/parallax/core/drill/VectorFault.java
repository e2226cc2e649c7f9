package dev.parallax.core.drill;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;

/** What a fault of {@link FaultLayer#VECTOR} makes of the vectors of one model. Immutable. */
public final class VectorFault {

  private static final long SEED = 20_260_105L;
  private static final int LARGEST_I8 = 127;

  private final FaultKind kind;
  private final int width;
  private final Function<float[], WireVector> change;

  private VectorFault(FaultKind kind, int width, Function<float[], WireVector> change) {
    this.kind = kind;
    this.width = width;
    this.change = change;
  }

  /**
   * A fault of a model.
   *
   * @param healthy vectors of the model before the fault: one is enough but for {@link
   *     FaultKind#RANK_COLLAPSE}, which keeps their principal directions; a few hundred do for it
   * @throws IllegalArgumentException if the fault is not one of vectors or the sample is too small
   */
  public static VectorFault of(FaultKind kind, List<float[]> healthy) {
    if (kind.layer() != FaultLayer.VECTOR) {
      throw new IllegalArgumentException("fault=" + kind.label() + ": expected one of vectors");
    }
    if (healthy.isEmpty()) {
      throw new IllegalArgumentException("expected at least one healthy vector, got none");
    }
    int width = healthy.get(0).length;
    return new VectorFault(
        kind,
        width,
        switch (kind) {
          case INT8 -> VectorFault::asBytes;
          case COARSE_QUANTISATION -> floats(VectorFault::quantised);
          case HALF_ZEROED -> floats(VectorFault::halved);
          case RANK_COLLAPSE -> floats(collapse(healthy));
          case ROTATED_BASIS -> floats(rotation(width));
          case PERMUTED_DIMENSIONS -> floats(permutation(width));
          case DEAD_MODEL -> floats(vector -> constant(vector.length));
          default -> throw new IllegalStateException("not of vectors: " + kind);
        });
  }

  /** Which fault it is. */
  public FaultKind kind() {
    return kind;
  }

  /** What the model sends instead of {@code vector}, which is not changed. */
  public WireVector answer(float[] vector) {
    if (vector.length != width) {
      throw new IllegalArgumentException(
          "expected a vector of width " + width + ", got " + vector.length);
    }
    return change.apply(vector);
  }

  private static Function<float[], WireVector> floats(Function<float[], float[]> change) {
    return vector -> WireVector.of(change.apply(vector));
  }

  /** Symmetric, the largest element being {@value #LARGEST_I8}. */
  private static WireVector asBytes(float[] vector) {
    float scale = largest(vector) / LARGEST_I8;
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = scale > 0 ? (byte) Math.round(vector[i] / scale) : 0;
    }
    return new WireVector(bytes, Dtype.I8, bytes.length, scale, 0);
  }

  /** The middles of equal steps between the largest element and its negative. */
  private static float[] quantised(float[] vector) {
    int steps = 1 << Strength.ELEMENT_BITS;
    float step = 2 * largest(vector) / steps;
    float[] coarse = new float[vector.length];
    for (int i = 0; i < coarse.length; i++) {
      double index = step > 0 ? Math.floor(vector[i] / step) : 0;
      index = Math.min(steps / 2 - 1, Math.max(-steps / 2, index));
      coarse[i] = (float) ((index + 0.5) * step);
    }
    return coarse;
  }

  private static float largest(float[] vector) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static float[] halved(float[] vector) {
    float[] half = vector.clone();
    Arrays.fill(half, vector.length / 2, vector.length, 0);
    return half;
  }

  /** {@code mean + V Vᵀ (x - mean)} with the first principal axes V of the healthy vectors. */
  private static Function<float[], float[]> collapse(List<float[]> healthy) {
    PrincipalComponents components =
        PrincipalComponents.of(RowMatrix.of(healthy.toArray(float[][]::new)));
    if (components.rank() < Strength.COLLAPSED_RANK) {
      throw new IllegalArgumentException(
          "expected healthy vectors that span more than "
              + Strength.COLLAPSED_RANK
              + " dimensions, got rank "
              + components.rank()
              + " of "
              + healthy.size());
    }
    double[] mean = components.mean();
    double[][] axes = new double[Strength.COLLAPSED_RANK][];
    Arrays.setAll(axes, components::axis);
    return vector -> {
      double[] flat = mean.clone();
      for (double[] axis : axes) {
        double along = 0;
        for (int i = 0; i < flat.length; i++) {
          along += axis[i] * (vector[i] - mean[i]);
        }
        for (int i = 0; i < flat.length; i++) {
          flat[i] += along * axis[i];
        }
      }
      return narrowed(flat);
    };
  }

  private static Function<float[], float[]> rotation(int width) {
    DMatrixRMaj basis = RandomMatrices_DDRM.orthogonal(width, width, new Random(SEED));
    return vector -> {
      double[] turned = new double[width];
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          turned[i] += basis.get(i, j) * vector[j];
        }
      }
      return narrowed(turned);
    };
  }

  private static Function<float[], float[]> permutation(int width) {
    int[] order = new int[width];
    Arrays.setAll(order, i -> i);
    Random random = new Random(SEED);
    for (int i = width - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int chosen = order[j];
      order[j] = order[i];
      order[i] = chosen;
    }
    return vector -> {
      float[] permuted = new float[width];
      for (int i = 0; i < width; i++) {
        permuted[i] = vector[order[i]];
      }
      return permuted;
    };
  }

  private static float[] constant(int width) {
    float[] same = new float[width];
    Arrays.fill(same, (float) (1 / Math.sqrt(width)));
    return same;
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
