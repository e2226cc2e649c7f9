/**
 * The traffic of the demo: real texts, a plan of who asks what and when, and its publisher. Read
 * {@link dev.parallax.cli.demo.traffic.TrafficPlan} first.
 */
@NullMarked
package dev.parallax.cli.demo.traffic;

import org.jspecify.annotations.NullMarked;
