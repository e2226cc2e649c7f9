/**
 * Events as the job meets them: headers read, vectors not yet. Read {@link
 * dev.parallax.jobs.source.RawEvent} first.
 */
@NullMarked
package dev.parallax.jobs.source;

import org.jspecify.annotations.NullMarked;
