package dev.parallax.onnx.cache;

import dev.parallax.onnx.sharing.SharedHandles;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.function.Supplier;

/**
 * Reference caches of this process by the encoder's digest, so that all operators of one machine
 * fill and read the same one. Each user closes its lease; the last one closes the cache.
 */
public final class SharedReferenceCaches {

  /** One per process by purpose. It holds nothing when no lease is out. */
  private static final SharedHandles<String, ReferenceCache> CACHES =
      new SharedHandles<>(ReferenceCache::close);

  private SharedReferenceCaches() {}

  /**
   * Joins the users of a cache.
   *
   * @param digest of the encoder and what it runs on
   * @param opener called when there is none yet
   */
  public static Lease<ReferenceCache> acquire(String digest, Supplier<ReferenceCache> opener) {
    return CACHES.acquire(digest, opener);
  }
}
