/**
 * Scores and alerts as metrics, API and status page. Read {@link dev.parallax.exporter.Exporter}
 * first.
 */
@NullMarked
package dev.parallax.exporter;

import org.jspecify.annotations.NullMarked;
