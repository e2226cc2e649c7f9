/**
 * The {@code parallax} command: every role and tool as a subcommand. Read {@link
 * dev.parallax.cli.Parallax} first, then {@link dev.parallax.cli.CliException} for how commands
 * fail.
 */
@NullMarked
package dev.parallax.cli;

import org.jspecify.annotations.NullMarked;
