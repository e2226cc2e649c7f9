/** The Flink job that turns events into scores. Read {@link dev.parallax.jobs.MonitorJob} first. */
@NullMarked
package dev.parallax.jobs;

import org.jspecify.annotations.NullMarked;
