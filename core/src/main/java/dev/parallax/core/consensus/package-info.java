/**
 * One shared space of several encoders, fitted on a corpus that all of them have embedded, for use
 * as a reference that belongs to no single encoder.
 *
 * <p>Read {@link dev.parallax.core.consensus.ConsensusSpace} first.
 */
@NullMarked
package dev.parallax.core.consensus;

import org.jspecify.annotations.NullMarked;
