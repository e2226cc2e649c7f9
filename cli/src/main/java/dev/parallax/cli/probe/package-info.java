/**
 * {@code parallax probe}: sends a fixed set of texts to an OpenAI-compatible endpoint again and
 * again, publishes the answers, or compares them with a file. Start with {@link
 * dev.parallax.cli.probe.ProbeCommand}.
 */
@NullMarked
package dev.parallax.cli.probe;

import org.jspecify.annotations.NullMarked;
