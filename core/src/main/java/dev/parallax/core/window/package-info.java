/**
 * Panes, series and the bottom-N sample of a pane. Read {@link
 * dev.parallax.core.window.BottomSample} first.
 */
@NullMarked
package dev.parallax.core.window;

import org.jspecify.annotations.NullMarked;
