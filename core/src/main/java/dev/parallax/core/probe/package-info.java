/**
 * Fixed inputs that are sent to a model again and again, and what their vectors say of it: the same
 * model answers them in the same way, so a change is the model's and never the traffic's. Start
 * with {@link dev.parallax.core.probe.ProbeComparison}.
 */
@NullMarked
package dev.parallax.core.probe;

import org.jspecify.annotations.NullMarked;
