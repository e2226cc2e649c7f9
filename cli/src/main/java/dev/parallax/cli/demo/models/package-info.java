/**
 * The production models of the demo, what can go wrong with one of them, and their embeddings made
 * ahead of time. Read {@link dev.parallax.cli.demo.models.DemoFleet} first.
 */
@NullMarked
package dev.parallax.cli.demo.models;

import org.jspecify.annotations.NullMarked;
