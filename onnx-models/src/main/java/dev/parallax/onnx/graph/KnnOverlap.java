package dev.parallax.onnx.graph;

import dev.parallax.core.neighbour.MutualKnn;

/** The neighbours of each row in two spaces and how many they share. Immutable. */
public final class KnnOverlap {

  private final MutualKnn mutual;
  private final int[][] production;
  private final int[][] reference;

  KnnOverlap(MutualKnn mutual, int[][] production, int[][] reference) {
    this.mutual = mutual;
    this.production = production;
    this.reference = reference;
  }

  /** The share of common neighbours, with its null. */
  public MutualKnn mutual() {
    return mutual;
  }

  /** Indices of the neighbours of row i in the first space, nearest first; a copy. */
  public int[] ofProduction(int i) {
    return production[i].clone();
  }

  /** Indices of the neighbours of row i in the second space, nearest first; a copy. */
  public int[] ofReference(int i) {
    return reference[i].clone();
  }
}
