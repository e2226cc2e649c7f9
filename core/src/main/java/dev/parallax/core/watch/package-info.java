/**
 * Follows the probes of a model from cycle to cycle: the first ones make a baseline, every further
 * one is compared with it. Read {@link dev.parallax.core.watch.ProbeWatch} first.
 */
@NullMarked
package dev.parallax.core.watch;

import org.jspecify.annotations.NullMarked;
