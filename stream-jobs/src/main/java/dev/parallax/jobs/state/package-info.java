/**
 * How the job's values become bytes, with a version in front. Read {@link
 * dev.parallax.jobs.state.Codec} first.
 */
@NullMarked
package dev.parallax.jobs.state;

import org.jspecify.annotations.NullMarked;
