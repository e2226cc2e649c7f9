package dev.parallax.core.graph;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalAngles;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the variance of an embedding of a graph's nodes lies over the graph's patterns, from smooth
 * to rough: a model that knows the graph's global shape, and not its edges alone, has it in the
 * first ones. Immutable.
 *
 * <p>With Yc the centred embedding and {@code u_i} the unit patterns of {@link LaplacianSpectrum},
 * {@code p_i = ‖u_iᵀ Yc‖²/‖Yc‖²}; they sum to 1 and {@code p_1} is 0. Nodes placed at random have
 * {@code 1/(n − 1)} each. Single entries of equal eigenvalues depend on the basis; {@link
 * #levels()} sums them. Cost O(n² p) after the spectrum.
 */
public final class EnergyProfile {

  private final LaplacianSpectrum spectrum;
  private final PrincipalComponents components;

  /** Share of each pattern; empty when the embedding has no variance. */
  private final double[] shares;

  private EnergyProfile(
      LaplacianSpectrum spectrum, PrincipalComponents components, double[] shares) {
    this.spectrum = spectrum;
    this.components = components;
    this.shares = shares;
  }

  /**
   * Energy of all patterns that belong to one eigenvalue.
   *
   * @param eigenvalue of the Laplacian
   * @param multiplicity number of patterns
   * @param share of the embedding's variance, from 0 to 1
   */
  public record Level(double eigenvalue, int multiplicity, double share) {}

  /**
   * Of an embedding.
   *
   * @param embedding row i is node i
   * @throws IllegalArgumentException when there is not one row for each node
   */
  public static EnergyProfile of(LaplacianSpectrum spectrum, RowMatrix embedding) {
    spectrum.graph().requireRows(embedding.count());
    PrincipalComponents components = PrincipalComponents.of("embedding", embedding);
    double[] shares =
        components.undefined().isPresent() ? new double[0] : shares(spectrum, components);
    return new EnergyProfile(spectrum, components, shares);
  }

  private static double[] shares(LaplacianSpectrum spectrum, PrincipalComponents components) {
    double[][] scores = components.scores();
    double[] shares = new double[scores.length];
    double total = 0;
    for (double value : components.scaledValues()) {
      total += value * value;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = squaredProjection(spectrum.pattern(i), scores) / total;
    }
    return shares;
  }

  private static double squaredProjection(double[] pattern, double[][] rows) {
    double[] projection = new double[rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < projection.length; j++) {
        projection[j] += pattern[i] * rows[i][j];
      }
    }
    double sum = 0;
    for (double value : projection) {
      sum += value * value;
    }
    return sum;
  }

  /** Why there is no profile, or nothing. */
  public Optional<Statistic> undefined() {
    return components.undefined();
  }

  /** Share of each pattern, smoothest first; empty when the profile is undefined. */
  public double[] shares() {
    return shares.clone();
  }

  /** Shares by eigenvalue, ascending; empty when the profile is undefined. */
  public List<Level> levels() {
    List<Level> levels = new ArrayList<>();
    double[] eigenvalues = spectrum.eigenvalues();
    int from = 0;
    double share = 0;
    for (int i = 0; i < shares.length; i++) {
      share += shares[i];
      if (i + 1 == shares.length || !spectrum.isRepeated(i)) {
        levels.add(new Level(eigenvalues[from], i + 1 - from, share));
        from = i + 1;
        share = 0;
      }
    }
    return levels;
  }

  /**
   * Share of the m smoothest patterns but for the constant one, {@code p_2 + … + p_{m+1}}; null
   * mean {@code m/(n − 1)}. Undefined where the graph is not connected or its patterns m + 1 and m
   * + 2 have one eigenvalue.
   *
   * @param m 1 or more
   */
  public Statistic lowFrequency(int m) {
    return undefined()
        .or(() -> spectrum.undefinedLowest(m))
        .orElseGet(
            () -> {
              double sum = 0;
              for (int i = 1; i <= m; i++) {
                sum += shares[i];
              }
              return new Statistic.Stated(sum);
            });
  }

  /**
   * Angles between the span of the m smoothest patterns but for the constant one and that of the
   * first m principal components in sample space; the null mean of the overlap is {@code m/(n −
   * 1)}. Undefined where either span is.
   *
   * @param m 1 or more
   */
  public PrincipalAngles componentAngles(int m) {
    return undefinedSpans(m)
        .map(PrincipalAngles::undefined)
        .orElseGet(() -> PrincipalAngles.between(patterns(m), leftVectors(m)));
  }

  /**
   * Share of the Fiedler vector inside the span of the first m principal components, {@code ‖U_mᵀ
   * u_2‖²}; null mean {@code m/(n − 1)}. Undefined where either is not unique.
   *
   * @param m 1 or more
   */
  public Statistic fiedlerInComponents(int m) {
    return components
        .undefinedBelow(m)
        .or(() -> spectrum.undefinedLowest(1))
        .orElseGet(
            () -> {
              double sum = 0;
              for (double[] left : leftVectors(m)) {
                double cosine = dot(left, spectrum.pattern(1));
                sum += cosine * cosine;
              }
              return new Statistic.Stated(sum);
            });
  }

  private Optional<Statistic> undefinedSpans(int m) {
    return components.undefinedBelow(m).or(() -> spectrum.undefinedLowest(m));
  }

  private double[][] patterns(int m) {
    double[][] patterns = new double[m][];
    for (int i = 0; i < m; i++) {
      patterns[i] = spectrum.pattern(i + 1);
    }
    return patterns;
  }

  private double[][] leftVectors(int m) {
    double[][] vectors = new double[m][];
    for (int i = 0; i < m; i++) {
      vectors[i] = components.left(i);
    }
    return vectors;
  }
}
