/**
 * Scores, verdicts and the tests that lead to them. Read {@link dev.parallax.core.drift.Score}
 * first.
 */
@NullMarked
package dev.parallax.core.drift;

import org.jspecify.annotations.NullMarked;
