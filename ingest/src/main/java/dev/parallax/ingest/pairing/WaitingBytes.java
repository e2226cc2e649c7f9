package dev.parallax.ingest.pairing;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes wait for their other half in this process, and how many may. Thread-safe. */
public final class WaitingBytes {

  private final long most;
  private final AtomicLong now = new AtomicLong();

  /** Nothing waits yet, and at most {@code most} bytes may. */
  public WaitingBytes(long most) {
    this.most = most;
  }

  /** Bytes of heap that wait now. */
  public long now() {
    return now.get();
  }

  void add(long bytes) {
    now.addAndGet(bytes);
  }

  boolean areTooMany() {
    return now.get() > most;
  }
}
