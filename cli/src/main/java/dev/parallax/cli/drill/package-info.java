/**
 * {@code parallax drill}: a model's own recent events under a shadow name, healthy first and then
 * with a fault done to them, to prove that alarms ring. Read {@link
 * dev.parallax.cli.drill.DrillRun} first.
 */
@NullMarked
package dev.parallax.cli.drill;

import org.jspecify.annotations.NullMarked;
