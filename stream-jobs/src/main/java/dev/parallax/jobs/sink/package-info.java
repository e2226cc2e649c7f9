/** What the job writes to Kafka. Read {@link dev.parallax.jobs.sink.OutRecord} first. */
@NullMarked
package dev.parallax.jobs.sink;

import org.jspecify.annotations.NullMarked;
