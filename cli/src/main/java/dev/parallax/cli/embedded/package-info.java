/**
 * The infrastructure that the demo brings along instead of asking for it. Read {@link
 * dev.parallax.cli.embedded.EmbeddedKafka} first: a real broker in this process.
 */
@NullMarked
package dev.parallax.cli.embedded;

import org.jspecify.annotations.NullMarked;
