/**
 * How long the kernels take, each against the bare matrix product of the same arithmetic in the
 * same run. Read {@link dev.parallax.benchmarks.kernel.KernelBenchmarks} first.
 */
@NullMarked
package dev.parallax.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
