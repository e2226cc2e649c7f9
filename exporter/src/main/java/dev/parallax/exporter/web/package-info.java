/**
 * Who may speak with a server, and how it proves who it is: Prometheus' own web configuration file.
 * Read {@link dev.parallax.exporter.web.WebConfig} first.
 */
@NullMarked
package dev.parallax.exporter.web;

import org.jspecify.annotations.NullMarked;
