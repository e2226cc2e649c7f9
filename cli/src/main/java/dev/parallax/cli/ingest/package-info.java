/**
 * Commands for the people who run ingest: what records become, and what became of those that were
 * turned away. Read {@link dev.parallax.cli.ingest.DecodeCommand} first.
 */
@NullMarked
package dev.parallax.cli.ingest;

import org.jspecify.annotations.NullMarked;
