package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;

import dev.parallax.onnx.model.PinnedSource;
import java.util.Arrays;
import java.util.List;

/**
 * The graphs that compute a pane's statistics. Each is built here and shipped as a file whose
 * digest its manifest pins; a test holds the files to what is built.
 *
 * <p>All work on blocks of {@value #BLOCK} rows whatever the number of rows that arrived, because a
 * matrix product of another shape may add in another order and so give other bits.
 */
enum StatisticsGraph {

  /**
   * Debiased HSIC of each batch of {@value #BLOCK} pairs, as defined by {@link
   * dev.parallax.core.similarity.DebiasedHsic}: rows centred and Gram matrices in single precision,
   * U-centring and sums in double.
   *
   * <p>U-centring is done times (m−1)(m−2): then all its coefficients are whole numbers, every step
   * of it is exact for equal rows, and such a side has the value 0 and no rounding. A side below
   * the share {@value #NEGLIGIBLE} of the size of its kernel is set to 0 too, which the plain
   * definition does at its own, finer, rounding.
   */
  PANE_HSIC(
      "pane-hsic",
      "debiased HSIC (xy, xx, yy) of each batch of 64 paired rows x [B,64,p], y [B,64,q]") {
    @Override
    byte[] build() {
      GraphBuilder g = new GraphBuilder(id());
      String mask = g.constant(offDiagonal(), BLOCK, BLOCK);
      String diagonal = g.subtract(g.constant(1), mask);
      Side x = side(g, g.input("x", FLOAT, List.of("B", BLOCK, "p")), mask, diagonal);
      Side y = side(g, g.input("y", FLOAT, List.of("B", BLOCK, "q")), mask, diagonal);
      String zero = g.constant(0);
      String xy = meanProduct(g, x.centred(), y.centred());
      List<Object> perBatch = List.of("B");
      g.output(g.where(g.or(x.flat(), y.flat()), zero, xy), "xy", DOUBLE, perBatch);
      g.output(g.where(x.flat(), zero, x.hsic()), "xx", DOUBLE, perBatch);
      g.output(g.where(y.flat(), zero, y.hsic()), "yy", DOUBLE, perBatch);
      return g.toBytes();
    }
  },

  /**
   * Per row the squared distance ‖x − rW‖² of the live row from its translation, and the stratum:
   * the nearest of k centroids, by the greatest r·c − ½‖c‖², the lowest index of equal ones. The
   * translation is in single precision, squares, sums and strata in double.
   */
  TRANSLATION(
      "translation",
      "residual ‖x − rW‖² and nearest centroid of each row of x [64,p], r [64,q] under w [q,p]") {
    @Override
    byte[] build() {
      GraphBuilder g = new GraphBuilder(id());
      String x = g.input("x", FLOAT, List.of(BLOCK, "p"));
      String r = g.input("r", FLOAT, List.of(BLOCK, "q"));
      String w = g.input("w", FLOAT, List.of("q", "p"));
      String c = g.input("c", FLOAT, List.of("q", "k"));
      String halfNorms = g.input("half_norms", FLOAT, List.of("k"));
      String difference = g.cast(g.subtract(x, g.product(r, w)), DOUBLE);
      // A product with ones, not a sum: the runtime's sums follow how a row lies in memory, and so
      // its place in the block.
      String squares = g.multiply(difference, difference);
      String residual = g.dropDimension(g.product(squares, g.onesColumn(w)), 1);
      g.output(residual, "residual", DOUBLE, List.of(BLOCK));
      String closeness =
          g.subtract(g.product(g.cast(r, DOUBLE), g.cast(c, DOUBLE)), g.cast(halfNorms, DOUBLE));
      g.output(g.argMax(closeness, 1), "stratum", INT64, List.of(BLOCK));
      return g.toBytes();
    }
  },

  /** RᵀR and RᵀX of a block, from whose sums a translation map is fitted; single precision. */
  PANE_PRODUCTS("pane-products", "rᵀr [q,q] and rᵀx [q,p] of a block x [64,p], r [64,q]") {
    @Override
    byte[] build() {
      GraphBuilder g = new GraphBuilder(id());
      String x = g.input("x", FLOAT, List.of(BLOCK, "p"));
      String r = g.input("r", FLOAT, List.of(BLOCK, "q"));
      String transposed = g.transpose(r, 1, 0);
      g.output(g.product(transposed, r), "rr", FLOAT, List.of("q", "q"));
      g.output(g.product(transposed, x), "rx", FLOAT, List.of("q", "p"));
      return g.toBytes();
    }
  };

  /** Rows in a block or batch. */
  static final int BLOCK = 64;

  /**
   * Share of the mean product of squared norms of two different rows below which the mean squared
   * U-centred entry is rounding of the single-precision Gram matrix, which leaves about 1e-14.
   */
  private static final double NEGLIGIBLE = 1e-12;

  private static final double M = BLOCK;

  private final String id;
  private final String computes;

  StatisticsGraph(String id, String computes) {
    this.id = id;
    this.computes = computes;
  }

  /** The graph in ONNX form, always the same bytes. */
  abstract byte[] build();

  String id() {
    return id;
  }

  String computes() {
    return computes;
  }

  /** The shipped file, to be checked against its manifest. */
  PinnedSource source() {
    GraphManifest manifest = GraphManifest.read(id);
    return new PinnedSource(
        "classpath:" + GraphManifest.FOLDER + manifest.model(), manifest.sha256());
  }

  /**
   * What {@link #PANE_HSIC} needs of one side.
   *
   * @param centred U-centred Gram matrix times (m−1)(m−2)
   * @param hsic of the side with itself
   * @param flat whether that is rounding only
   */
  private record Side(String centred, String hsic, String flat) {}

  private static Side side(GraphBuilder g, String rows, String mask, String diagonal) {
    // A product, not a mean: the runtime's means take another way for a single batch.
    double[] shares = new double[BLOCK * BLOCK];
    Arrays.fill(shares, 1 / M);
    String mean = g.product(g.cast(g.constant(shares, BLOCK, BLOCK), FLOAT), rows);
    String shifted = g.subtract(rows, mean);
    String gram = g.cast(g.product(shifted, g.transpose(shifted, 0, 2, 1)), DOUBLE);
    String kernel = g.multiply(gram, mask);
    String rowSums = g.sum(kernel, true, 2);
    String total = g.sum(rowSums, true, 1);
    String pairSums = g.add(rowSums, g.transpose(rowSums, 0, 2, 1));
    String scaled = g.multiply(kernel, g.constant((M - 1) * (M - 2)));
    String uncut = g.add(g.subtract(scaled, g.multiply(pairSums, g.constant(M - 1))), total);
    String centred = g.multiply(uncut, mask);
    String hsic = meanProduct(g, centred, centred);

    String norms = g.sum(g.multiply(gram, diagonal), false, 2);
    String others = g.subtract(g.sum(norms, true, 1), norms);
    String size = g.sum(g.multiply(norms, others), false, 1);
    String floor = g.multiply(size, g.constant(NEGLIGIBLE / (M * (M - 3))));
    return new Side(centred, hsic, g.lessOrEqual(hsic, floor));
  }

  private static String meanProduct(GraphBuilder g, String a, String b) {
    double unscale = (M - 1) * (M - 2);
    String sum = g.sum(g.multiply(a, b), false, 1, 2);
    return g.divide(sum, g.constant(M * (M - 3) * unscale * unscale));
  }

  private static double[] offDiagonal() {
    double[] mask = new double[BLOCK * BLOCK];
    Arrays.fill(mask, 1);
    for (int i = 0; i < BLOCK; i++) {
      mask[i * BLOCK + i] = 0;
    }
    return mask;
  }
}
