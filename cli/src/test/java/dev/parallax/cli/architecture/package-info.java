/**
 * Holds the modules to their directions. Read {@link dev.parallax.cli.architecture.ModuleRules}
 * first; the fixture packages break every rule once.
 */
@NullMarked
package dev.parallax.cli.architecture;

import org.jspecify.annotations.NullMarked;
