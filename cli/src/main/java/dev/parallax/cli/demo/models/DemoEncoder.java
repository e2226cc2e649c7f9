package dev.parallax.cli.demo.models;

/** A sentence encoder that a model of the demo runs. All give 384 elements. */
public enum DemoEncoder {
  /** all-MiniLM-L6-v2, quantised: the reference's own family. */
  MINILM_INT8("minilm int8"),
  /** bge-small-en-v1.5, quantised: another family, its first token stands for the text. */
  BGE_SMALL_INT8("bge-small int8"),
  /** e5-small-v2, quantised: a third family, which wants {@code query: } before every text. */
  E5_SMALL_INT8("e5-small int8");

  /** Width of the vectors. */
  public static final int DIMENSION = 384;

  private final String label;

  DemoEncoder(String label) {
    this.label = label;
  }

  /** Name for people. */
  public String label() {
    return label;
  }

  /** An encoder of another family, which is not the reference's either. */
  public DemoEncoder ofAnotherFamily() {
    return this == E5_SMALL_INT8 ? BGE_SMALL_INT8 : E5_SMALL_INT8;
  }
}
