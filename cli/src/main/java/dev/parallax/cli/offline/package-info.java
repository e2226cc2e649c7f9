/**
 * Commands that need no broker. Read {@link dev.parallax.cli.offline.ScoreCommand} first: the
 * statistics of two matrices on disk.
 */
@NullMarked
package dev.parallax.cli.offline;

import org.jspecify.annotations.NullMarked;
