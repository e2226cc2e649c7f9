/**
 * What the demo has seen so far, as values that a terminal or a report can show. Read {@link
 * dev.parallax.cli.demo.view.FleetView} first.
 */
@NullMarked
package dev.parallax.cli.demo.view;

import org.jspecify.annotations.NullMarked;
