/**
 * How the demo looks on a terminal: pure rendering of a view, and the two screens that print it.
 * Read {@link dev.parallax.cli.demo.terminal.Screen} first.
 */
@NullMarked
package dev.parallax.cli.demo.terminal;

import org.jspecify.annotations.NullMarked;
