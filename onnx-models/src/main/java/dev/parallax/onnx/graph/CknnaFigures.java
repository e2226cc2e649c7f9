package dev.parallax.onnx.graph;

import dev.parallax.core.similarity.Statistic;

/**
 * CKNNA of paired rows in the conventions that {@link dev.parallax.core.neighbour.Cknna} tells
 * apart.
 *
 * @param published by the equations of the paper
 * @param debiased debiased HSIC of masked kernels, nothing added to the denominator
 * @param debiasedAsReleased the same with the 1e-6 of the released code
 */
public record CknnaFigures(Statistic published, Statistic debiased, Statistic debiasedAsReleased) {}
