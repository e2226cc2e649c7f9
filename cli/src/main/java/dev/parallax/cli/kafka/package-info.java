/**
 * What commands ask of a Kafka cluster. Read {@link dev.parallax.cli.kafka.Brokers} first: it
 * answers or fails within seconds, in one line.
 */
@NullMarked
package dev.parallax.cli.kafka;

import org.jspecify.annotations.NullMarked;
