/**
 * The demo: real models on real text through the whole pipeline in one process. Read {@link
 * dev.parallax.cli.demo.DemoReport} for what it ends with.
 */
@NullMarked
package dev.parallax.cli.demo;

import org.jspecify.annotations.NullMarked;
