package dev.parallax.core.similarity;

/**
 * The three debiased HSIC values of one batch of pairs: between the spaces and of each with itself.
 *
 * <p>In units of squared kernel values. {@code xx} and {@code yy} are never negative, and {@code
 * xy² ≤ xx · yy} up to rounding; {@code xy} may be negative.
 *
 * @param xy between live and reference
 * @param xx of the live space with itself
 * @param yy of the reference space with itself
 */
public record HsicTriple(double xy, double xx, double yy) {}
