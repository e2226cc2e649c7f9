// A table with a row for each series, gravest first.

import { modelHref } from './address.js';
import { element, forget, keepChildren, set, show, write } from './dom.js';
import { clock, evidenceOf, intervalOf, moment, or, particulars, three, two, whole } from './format.js';
import { rankOf, severityOf, writeVerdict } from './verdicts.js';

const compareText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Gravest first, drills after what is real, then by name. */
export function gravestFirst(series) {
  return [...series].sort(
    (a, b) =>
      a.drill - b.drill ||
      rankOf(a.verdict) - rankOf(b.verdict) ||
      compareText(a.model.toLowerCase(), b.model.toLowerCase()) ||
      compareText(a.key, b.key),
  );
}

export class Rows {
  #rows = new Map();

  constructor(body) {
    this.body = body;
  }

  write(series) {
    forget(this.#rows, series.map((each) => each.key));
    keepChildren(this.body, series.map((each) => this.#row(each).node));
  }

  #row(series) {
    let row = this.#rows.get(series.key);
    if (!row) {
      row = newRow(series);
      this.#rows.set(series.key, row);
    }
    const { figures } = series;
    writeVerdict(row.verdict, series.verdict);
    write(row.since, sinceOf(series));
    write(row.cka, or(figures.cka, three));
    write(row.interval, intervalOf(figures));
    write(row.pairs, whole.format(series.windowPairs));
    write(row.residual, or(figures.residualStratified, two));
    write(row.evidence, evidenceOf(figures));
    writeMeter(row.meter, figures);
    return row;
  }
}

/** Since when the verdict holds, as far as is known. */
export function sinceOf(series, format = clock) {
  return `since ${format(series.since)}${series.sinceKnown ? '' : ' or before'}`;
}

export const sinceMoment = (series) => sinceOf(series, moment);

/** How far the evidence has come towards the threshold, as a share; null if that cannot be said. */
export function shareOf(figures) {
  return figures.evidenceLog10 !== undefined && figures.thresholdLog10 > 0
    ? figures.evidenceLog10 / figures.thresholdLog10
    : null;
}

function writeMeter(meter, figures) {
  const share = shareOf(figures);
  meter.style.visibility = share === null ? 'hidden' : 'visible';
  set(meter, { 'data-severity': share >= 1 ? 'alarm' : 'waiting' });
  meter.firstChild.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share ?? 0)))}%`;
}

function newRow(series) {
  const row = {
    verdict: element('span'),
    since: element('span', { class: 'under' }),
    cka: element('span'),
    interval: element('span', { class: 'under' }),
    pairs: element('span'),
    residual: element('span'),
    evidence: element('span'),
    meter: element('span', { class: 'meter', 'aria-hidden': 'true' }, element('i')),
  };
  const cell = (label, kind, ...children) =>
    element('td', { role: 'cell', class: kind, 'data-label': label }, ...children);
  row.node = element(
    'tr',
    { role: 'row' },
    element(
      'th',
      { role: 'rowheader', scope: 'row' },
      element('a', { href: modelHref(series) }, series.model),
      ...drillTag(series),
      element('span', { class: 'under' }, particulars(series)),
    ),
    cell('Verdict', 'state', row.verdict, row.since),
    cell('Rolling CKA', 'number', row.cka, row.interval),
    cell('Evidence of threshold', 'number evidence-cell', row.evidence, row.meter),
    cell('Residual (1 = baseline)', 'number', row.residual),
    cell('Pairs in window', 'number', row.pairs),
    cell('Reference', 'reference', element('span', {}, series.reference)),
  );
  return row;
}

/** Marks the shadow of a drill. */
export function drillTag(series) {
  return series.drill ? [' ', element('span', { class: 'tag' }, 'drill')] : [];
}

export const isGrave = (series) => ['alarm', 'caution'].includes(severityOf(series.verdict));
