/**
 * The detection study: real encoders on real text, every fault of the catalogue, healthy streams,
 * and the rules that are used today on the same panes. Read {@link
 * dev.parallax.benchmarks.detection.DetectionStudy} first.
 */
@NullMarked
package dev.parallax.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
