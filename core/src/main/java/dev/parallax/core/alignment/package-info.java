/**
 * Figures that first bring two spaces onto one another: by a rotation, by canonical directions, by
 * anchors or by a linear map.
 *
 * <p>Read {@link dev.parallax.core.alignment.Procrustes} first.
 */
@NullMarked
package dev.parallax.core.alignment;

import org.jspecify.annotations.NullMarked;
