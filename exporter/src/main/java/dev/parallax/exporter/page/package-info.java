/**
 * The HTTP server with the status page, its API and the metrics. Read {@link
 * dev.parallax.exporter.page.StatusServer} first.
 */
@NullMarked
package dev.parallax.exporter.page;

import org.jspecify.annotations.NullMarked;
