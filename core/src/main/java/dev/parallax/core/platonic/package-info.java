/**
 * What the released code of the Platonic Representation Hypothesis (platonic-rep) computes,
 * clamping and additive epsilon included, for numbers that are to be compared with published ones.
 * None of it is a figure of this product.
 *
 * <p>Read {@link dev.parallax.core.platonic.PlatonicCka} first.
 */
@NullMarked
package dev.parallax.core.platonic;

import org.jspecify.annotations.NullMarked;
