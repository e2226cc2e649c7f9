package dev.parallax.exporter.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of at most so many entries, which forgets the one that was put first. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int capacity;

  Recent(int capacity) {
    this.capacity = capacity;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
