/**
 * Where every event went, as equations that must balance. Read {@link
 * dev.parallax.exporter.accounting.Equation} first.
 */
@NullMarked
package dev.parallax.exporter.accounting;

import org.jspecify.annotations.NullMarked;
