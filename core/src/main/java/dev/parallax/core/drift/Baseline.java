package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;

/**
 * What healthy looks like for a series: how to translate, the strata, and how large the residual
 * then is.
 *
 * @param id names the baseline; the same panes give the same id
 * @param translation from reference to live vectors
 * @param strata regions of the reference space
 * @param residuals residuals of the hold-out panes per stratum: the weights of the strata and their
 *     healthy means
 * @param residualMean mean over the hold-out panes of the stratified residual
 * @param residualSd its standard deviation over panes
 * @param moments CKA sums of all panes of the baseline
 * @param panes number of panes, fit and hold-out
 */
public record Baseline(
    String id,
    Translation translation,
    Strata strata,
    StratumResiduals residuals,
    double residualMean,
    double residualSd,
    MiniBatchMoments moments,
    int panes) {}
