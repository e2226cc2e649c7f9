package dev.parallax.onnx.graph;

import dev.parallax.core.similarity.HsicTriple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The debiased HSIC values of a pane's batches, in order. Made once and filled again and again by
 * {@link PaneHsicGraph#score(float[][], float[][], PaneSums)}; for one thread.
 */
public final class PaneSums implements PaneScore {

  private double[] xy = new double[0];
  private double[] xx = new double[0];
  private double[] yy = new double[0];
  private int batches;

  /** Of no batch yet. */
  public PaneSums() {}

  /** Number of batches. */
  public int batches() {
    return batches;
  }

  /** Between live and reference rows of batch {@code i}; of either sign. */
  public double xy(int i) {
    return xy[checked(i)];
  }

  /** Of the live rows of batch {@code i} with themselves, never negative. */
  public double xx(int i) {
    return xx[checked(i)];
  }

  /** Of the reference rows of batch {@code i} with themselves, never negative. */
  public double yy(int i) {
    return yy[checked(i)];
  }

  /** The three values of batch {@code i}. */
  public HsicTriple triple(int i) {
    return new HsicTriple(xy(i), xx(i), yy(i));
  }

  /** The values of all batches; the list is the caller's. */
  public List<HsicTriple> triples() {
    List<HsicTriple> triples = new ArrayList<>(batches);
    for (int i = 0; i < batches; i++) {
      triples.add(triple(i));
    }
    return triples;
  }

  private int checked(int i) {
    if (i < 0 || i >= batches) {
      throw new IndexOutOfBoundsException("expected a batch below " + batches + ", got " + i);
    }
    return i;
  }

  /** Forgets what it held and makes room. */
  void reset(int count) {
    if (xy.length < count) {
      xy = Arrays.copyOf(xy, count);
      xx = Arrays.copyOf(xx, count);
      yy = Arrays.copyOf(yy, count);
    }
    batches = count;
  }

  void set(int i, double valueXy, double valueXx, double valueYy) {
    xy[i] = valueXy;
    xx[i] = valueXx;
    yy[i] = valueYy;
  }
}
