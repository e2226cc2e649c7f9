package dev.parallax.core.report;

import dev.parallax.core.spectrum.Spectrum;

/** Effective rank and participation ratio of both sides. */
final class SpectrumFigures {

  private SpectrumFigures() {}

  static void put(Findings findings, Spectrum production, Spectrum reference) {
    if (findings.asks(SimilarityMetric.EFFECTIVE_RANK)) {
      findings.put(SimilarityFigure.EFFECTIVE_RANK_PRODUCTION, production.effectiveRank());
      findings.put(SimilarityFigure.EFFECTIVE_RANK_REFERENCE, reference.effectiveRank());
    }
    if (findings.asks(SimilarityMetric.PARTICIPATION_RATIO)) {
      findings.put(
          SimilarityFigure.PARTICIPATION_RATIO_PRODUCTION, production.participationRatio());
      findings.put(SimilarityFigure.PARTICIPATION_RATIO_REFERENCE, reference.participationRatio());
    }
  }
}
