// What is drawn of a series: each panel names the columns of its history and how its axis is made.
//
// line, low, high, dots: columns; level: a value that means something; least: the least height of the axis, so that
// noise is not blown up; full: the axis on full scale; empty: what is said where no value can be stated.

const RATIO = { low: -0.1, high: 1, step: 0.2, from: 0 };
const UNJUDGED = 'none before there is a baseline';

export const CKA = {
  title: 'Rolling CKA',
  kind: 'line',
  line: 'cka',
  low: 'ckaLow',
  high: 'ckaHigh',
  dots: 'paneCka',
  least: 0.02,
  ceiling: 1,
  full: RATIO,
  empty: 'cannot be stated: too few pairs',
};

export const RESIDUAL = {
  title: 'Translation residual',
  kind: 'line',
  line: 'residualStratified',
  level: 1,
  least: 0.2,
  note: 'dashed: 1, as on the baseline',
  empty: UNJUDGED,
};

export const EVIDENCE = { title: 'Evidence, log₁₀', kind: 'evidence', empty: UNJUDGED };

export const PAIRS = { title: 'Pairs per pane', kind: 'bars', line: 'pairs' };

export const TRAFFIC = {
  title: 'Traffic, MMD²',
  kind: 'line',
  line: 'trafficMmd',
  level: 0,
  least: 0.01,
  note: 'dashed: 0, the baseline’s inputs',
  empty: 'cannot be stated',
};

export const RANK = {
  title: 'Effective rank',
  kind: 'line',
  line: 'effectiveRank',
  least: 10,
  note: 'dimensions in use',
  empty: 'cannot be stated',
};

export const SUBSPACE = {
  title: 'Subspace overlap',
  kind: 'line',
  line: 'subspaceOverlap',
  least: 0.1,
  ceiling: 1,
  full: RATIO,
  note: '1: the baseline’s directions',
  empty: 'cannot be stated',
};

export const NEIGHBOURS = {
  title: 'Mutual k-NN',
  kind: 'line',
  line: 'mutualKnn',
  least: 0.1,
  ceiling: 1,
  full: RATIO,
  note: '0: chance',
  empty: 'cannot be stated',
};

export const PROCRUSTES = {
  title: 'Procrustes',
  kind: 'line',
  line: 'procrustes',
  least: 0.1,
  ceiling: 1,
  full: RATIO,
  note: '1: equal but for a rotation',
  empty: 'cannot be stated',
};

export const PROBE_COSINE = {
  title: 'Smallest probe cosine',
  kind: 'line',
  line: 'probeCosineMin',
  least: 0.02,
  ceiling: 1,
  full: RATIO,
  note: '1: as on the baseline',
  empty: 'cannot be stated',
};

export const ROTATION = {
  title: 'Rotation of the probes',
  kind: 'line',
  line: 'rotation',
  level: 0,
  least: 0.1,
  note: '0 to 2',
  empty: 'cannot be stated',
};

const tall = (panel, height) => ({ ...panel, height });

/** Of a series among others. */
export const OVERVIEW = [tall(CKA, 150), tall(PAIRS, 26), tall(EVIDENCE, 46)];

/** Of the series that is looked at: the model's own side … */
export const MODEL_SIDE = [tall(CKA, 150), tall(RESIDUAL, 90), tall(EVIDENCE, 70), tall(PAIRS, 30)];

/** … and beside it what tells why. */
export const CAUSE_SIDE = [
  tall(TRAFFIC, 62),
  tall(RANK, 56),
  tall(SUBSPACE, 56),
  tall(NEIGHBOURS, 56),
  tall(PROCRUSTES, 56),
];

/** Of a series of probes, which has no traffic and no evidence. */
export const PROBES = [tall(PROBE_COSINE, 150), tall(ROTATION, 90), tall(PAIRS, 30)];

/** Every figure of a score, in words, for the table beside the charts. */
export const FIGURES = [
  ['cka', 'Rolling CKA', 'likeness of the two spaces over the window, −1 to 1'],
  ['ckaLow', 'Rolling CKA, lower end', 'of its 95% interval'],
  ['ckaHigh', 'Rolling CKA, upper end', 'of its 95% interval'],
  ['paneCka', 'CKA of the pane', 'of this pane alone'],
  ['paneCkaLow', 'CKA of the pane, lower end', 'of its 95% interval'],
  ['paneCkaHigh', 'CKA of the pane, upper end', 'of its 95% interval'],
  ['ckaStratified', 'CKA on the baseline’s mix', 'traffic’s mix taken out'],
  ['residual', 'Translation residual', 'over that of the baseline; 1 as on the baseline'],
  ['residualStratified', 'The same on the baseline’s mix', 'what the evidence rests on'],
  ['evidenceLog10', 'Evidence', 'decimal logarithm; pages at the threshold'],
  ['thresholdLog10', 'Threshold', 'decimal logarithm; what the page budget asks for'],
  ['trafficMmd', 'Traffic, MMD²', 'how far the inputs moved; 0 as on the baseline'],
  ['effectiveRank', 'Effective rank', 'dimensions in use'],
  ['subspaceOverlap', 'Subspace overlap', 'leading directions shared with the baseline, 0 to 1'],
  ['mutualKnn', 'Mutual k-NN', 'neighbourhoods shared with the reference; 0 is chance'],
  ['procrustes', 'Procrustes similarity', 'likeness after the best rotation, 0 to 1'],
  ['probeCosineMin', 'Smallest probe cosine', 'with the probe’s vector on the baseline'],
  ['rotation', 'Rotation of the probes', 'how far their space was turned, 0 to 2'],
];
