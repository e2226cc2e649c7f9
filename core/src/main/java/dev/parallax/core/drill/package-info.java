/**
 * The faults that a monitor of models must tell apart: what each is, how strong, what must be said
 * of it, and, where no encoder is needed, how it is done to vectors and to the requests of a pane.
 * Read {@link dev.parallax.core.drill.FaultKind} first.
 */
@NullMarked
package dev.parallax.core.drill;

import org.jspecify.annotations.NullMarked;
