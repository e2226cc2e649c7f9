package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import java.util.List;

/** A response has several tensors that may be the embeddings, and none was named. */
public final class AmbiguousOutputException extends RejectedBodyException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> outputs;

  AmbiguousOutputException(String detail, List<String> outputs) {
    super(Reason.NO_FLOAT_OUTPUT, detail);
    this.outputs = List.copyOf(outputs);
  }

  /** Names of the tensors, in the order of the response. */
  public List<String> outputs() {
    return outputs;
  }
}
