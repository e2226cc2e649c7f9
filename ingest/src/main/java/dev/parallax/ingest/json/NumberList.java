package dev.parallax.ingest.json;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Packed numbers seen one by one; each look makes its own value. */
final class NumberList extends AbstractList<JsonValue> implements RandomAccess {
  private final double[] values;
  private final boolean integers;

  NumberList(double[] values, boolean integers) {
    this.values = values;
    this.integers = integers;
  }

  @Override
  public JsonValue get(int index) {
    return new JsonValue.Num(values[index], integers);
  }

  @Override
  public int size() {
    return values.length;
  }
}
