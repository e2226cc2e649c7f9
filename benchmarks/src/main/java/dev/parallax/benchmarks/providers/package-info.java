/**
 * What a session's provider and the size of a run do to speed, as ratios measured in one run. Read
 * {@link dev.parallax.benchmarks.providers.ProviderRatios} first.
 */
@NullMarked
package dev.parallax.benchmarks.providers;

import org.jspecify.annotations.NullMarked;
