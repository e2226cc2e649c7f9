/**
 * History scored again and held against what was said live. Read {@link
 * dev.parallax.cli.replay.ReplayCommand} first.
 */
@NullMarked
package dev.parallax.cli.replay;

import org.jspecify.annotations.NullMarked;
