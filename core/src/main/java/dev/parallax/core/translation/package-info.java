/**
 * Translating reference vectors into a model's own space, and how well it still works: the
 * translation residual. Read {@link dev.parallax.core.translation.Translation} first.
 */
@NullMarked
package dev.parallax.core.translation;

import org.jspecify.annotations.NullMarked;
