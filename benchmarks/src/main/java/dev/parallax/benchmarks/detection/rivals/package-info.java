/**
 * The rules that people use today to tell that embeddings have changed, each as its authors publish
 * it, so that they can be asked about the same panes as Parallax. Read {@link
 * dev.parallax.benchmarks.detection.rivals.Rival} first.
 */
@NullMarked
package dev.parallax.benchmarks.detection.rivals;

import org.jspecify.annotations.NullMarked;
