/**
 * The lifecycle of baselines for people: what is collected, what its A/A report says, and who
 * approved it. Read {@link dev.parallax.cli.baseline.BaselineLog} first.
 */
@NullMarked
package dev.parallax.cli.baseline;

import org.jspecify.annotations.NullMarked;
