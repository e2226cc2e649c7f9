/**
 * The bottom-N sample of a pane, before and after the shuffle. Read {@link
 * dev.parallax.jobs.sample.LocalSample} first.
 */
@NullMarked
package dev.parallax.jobs.sample;

import org.jspecify.annotations.NullMarked;
