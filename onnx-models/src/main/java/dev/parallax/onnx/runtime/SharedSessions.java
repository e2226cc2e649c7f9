package dev.parallax.onnx.runtime;

import dev.parallax.onnx.model.PinnedSource;
import dev.parallax.onnx.sharing.SharedHandles;
import dev.parallax.onnx.sharing.SharedHandles.Lease;

/**
 * Sessions of this process by the model's digest and their settings, so that the operators of one
 * machine hold one copy of the weights. Each user closes its lease; the last one closes the
 * session.
 */
public final class SharedSessions {

  private record Key(String sha256, SessionSettings settings) {}

  /** One per process by purpose. It holds nothing when no lease is out. */
  private static final SharedHandles<Key, GraphSession> SESSIONS =
      new SharedHandles<>(GraphSession::close);

  private SharedSessions() {}

  /** Joins the users of a session; the file is read only when there is none yet. */
  public static Lease<GraphSession> acquire(PinnedSource model, SessionSettings settings) {
    return SESSIONS.acquire(
        new Key(model.sha256(), settings), () -> GraphSession.open(model.load(), settings));
  }

  /** How many sessions are open now. */
  public static int open() {
    return SESSIONS.open();
  }
}
