/**
 * Where reference vectors come from. Read {@link dev.parallax.jobs.reference.ReferenceVectors}
 * first.
 */
@NullMarked
package dev.parallax.jobs.reference;

import org.jspecify.annotations.NullMarked;
