/**
 * The whole product in one process: broker, ingest, job and exporter. Read {@link
 * dev.parallax.cli.demo.stack.DemoStack} first.
 */
@NullMarked
package dev.parallax.cli.demo.stack;

import org.jspecify.annotations.NullMarked;
