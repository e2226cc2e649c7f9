/**
 * The configuration file and what overrides it. Read {@link dev.parallax.cli.config.ConfigKeys}
 * first, where every key is declared, then {@link dev.parallax.cli.config.ParallaxConfig}.
 */
@NullMarked
package dev.parallax.cli.config;

import org.jspecify.annotations.NullMarked;
