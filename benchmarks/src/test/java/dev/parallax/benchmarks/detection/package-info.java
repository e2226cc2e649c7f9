/** Tests of how the detection study counts and compares. */
@NullMarked
package dev.parallax.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
