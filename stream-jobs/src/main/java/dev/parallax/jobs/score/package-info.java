/**
 * From samples to pairs, from pairs to scores. Read {@link dev.parallax.jobs.score.EncodePanes}
 * first.
 */
@NullMarked
package dev.parallax.jobs.score;

import org.jspecify.annotations.NullMarked;
