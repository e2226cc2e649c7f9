package dev.parallax.core.consensus;

import dev.parallax.core.similarity.Statistic;

/** What a fit of a consensus space comes to: the space, or why there is none. */
public sealed interface ConsensusFit {

  /** A space. */
  record Fitted(ConsensusSpace space) implements ConsensusFit {}

  /** No space; the cause and the values that led to it. */
  record Undefined(Statistic.Cause cause, String detail) implements ConsensusFit {}
}
