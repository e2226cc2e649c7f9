// One series in full: the verdict with its reasons, how sure it is, what to do, its charts, companions, relatives, and
// what it was computed with.

import { alertsHref, modelHref } from './address.js';
import { AlertList } from './alerts.js';
import { commandNode, replayCommand } from './audit.js';
import { Chart } from './chart.js';
import { byId, element, keepTexts, render, set, show, write } from './dom.js';
import { evidenceOf, four, intervalOf, moment, one, or, particulars, three, two, whole } from './format.js';
import { CAUSE_SIDE, FIGURES, MODEL_SIDE, PROBES } from './panels.js';
import { Rows, gravestFirst, shareOf, sinceMoment } from './rows.js';
import { adviceOf, runbookOf, severityOf, writeSeverity, writeVerdict } from './verdicts.js';

const relatives = new Rows(byId('relative-rows'));
const alertList = new AlertList(byId('series-alerts'), true);

let open = null;
let fullScale = false;

/** Writes the series of an address, and returns those whose histories it draws: itself, or nothing. */
export function writeSeries(fleet, alerts, address) {
  const series = fleet.series.find((each) => each.key === address.key) ?? null;
  show(byId('series-found'), series !== null);
  show(byId('series-missing'), series === null);
  write(byId('series-title'), series === null ? `${address.model} is not shown` : titleOf(series));
  writeAlertsOf(alerts, address);
  if (series === null) {
    writeSeverity(byId('series-answer'), byId('series-mark'), 'waiting');
    write(byId('series-particulars'), particularsOf(address));
    show(byId('series-verdict'), false);
    open = null;
    return [];
  }
  if (open?.key !== series.key) {
    openSeries(series);
  }
  open.pinned = address.at;
  writeAnswer(series);
  writeRelatives(fleet.series, series);
  return [series];
}

/** Draws what is new of the series that is looked at. */
export function drawSeries(key, history) {
  if (open?.key === key) {
    open.history = history;
    const last = history.paneEnd.length - 1;
    const label = `${open.name}, ${last + 1} panes up to ${moment(history.paneEnd[last])}.`;
    open.charts.forEach((chart) => chart.show(history, label));
    writeProvenance(history.latest);
    pointTo(null);
  }
}

function titleOf(series) {
  const subject = series.drill ? `${series.model} (a drill)` : series.model;
  return `${subject}: ${series.verdict}`;
}

function particularsOf(series) {
  return `${particulars(series)} · against ${series.reference}`;
}

// ---- the answer ---------------------------------------------------------------------------------

function writeAnswer(series) {
  const { figures } = series;
  writeSeverity(byId('series-answer'), byId('series-mark'), severityOf(series.verdict));
  show(byId('series-verdict'), true);
  write(byId('series-particulars'), `${particularsOf(series)} · ${sinceMoment(series)}`);
  write(byId('sure-evidence'), evidenceSentence(series));
  write(byId('sure-cka'), ckaSentence(figures));
  write(
    byId('sure-pairs'),
    `${whole.format(series.windowPairs)} pairs in the window, ${whole.format(series.pairs)} in its newest pane.`,
  );
  keepTexts(byId('why'), series.reasons, 'li');
  show(byId('why-none'), series.reasons.length === 0);
  write(byId('advice'), adviceOf(series.verdict));
  set(byId('runbook'), { href: runbookOf(series.verdict) });
  write(byId('runbook'), `Runbook: ${series.verdict}`);
}

function evidenceSentence({ figures, slice }) {
  if (figures.evidenceLog10 === undefined) {
    return slice === 'probe'
      ? 'Probes are compared one to one; no evidence has to be gathered.'
      : 'No evidence: there is no baseline to be compared with yet.';
  }
  const of = `Evidence ${evidenceOf(figures)} (log₁₀)`;
  if (figures.thresholdLog10 === undefined) {
    return `${of}.`;
  }
  const panes = whole.format(Math.round(10 ** Math.min(15, figures.thresholdLog10)));
  return shareOf(figures) >= 1
    ? `${of}: past the threshold, which a healthy model passes at most once in ${panes} panes on average.`
    : `${of}: below the threshold.`;
}

function ckaSentence(figures) {
  if (figures.cka === undefined) {
    return 'CKA cannot be stated.';
  }
  const residual =
    figures.residualStratified === undefined
      ? ''
      : ` Residual ${two(figures.residualStratified)} of its baseline.`;
  const interval = figures.ckaLow === undefined ? 'no interval' : `95%: ${intervalOf(figures)}`;
  return `CKA ${three(figures.cka)} (${interval}).${residual}`;
}

// ---- charts and figures -------------------------------------------------------------------------

function openSeries(series) {
  const sides = series.slice === 'probe' ? [PROBES] : [MODEL_SIDE, CAUSE_SIDE];
  open = { key: series.key, name: series.model, history: null, pinned: null };
  open.charts = sides.map((panels) => new Chart(panels, pointTo));
  open.charts.forEach((chart) => chart.onFullScale(fullScale));
  byId('series-charts').replaceChildren(
    ...open.charts.map((chart) => element('div', { class: 'card' }, chart.node)),
  );
  for (const id of ['figures', 'provenance', 'series-replay']) {
    render(byId(id), null, () => []);
  }
}

/** Shows the pane that ends then; without one, that of the address, or else the newest. */
function pointTo(paneEnd) {
  const h = open?.history;
  if (!h || h.paneEnd.length === 0) {
    return;
  }
  const wanted = paneEnd ?? open.pinned;
  const found = wanted === null ? -1 : h.paneEnd.indexOf(wanted);
  open.charts.forEach((chart) => chart.pointTo(found < 0 ? null : wanted));
  writeFigures(h, found < 0 ? h.paneEnd.length - 1 : found);
}

function writeFigures(h, i) {
  const newest = i === h.paneEnd.length - 1;
  write(
    byId('figures-title'),
    `Figures of the pane that ended ${moment(h.paneEnd[i])}${newest ? ', the newest' : ''}`,
  );
  writeVerdict(byId('figures-verdict'), h.verdict[i]);
  const stated = FIGURES.map(([column, name, note]) => [name, h[column]?.[i] ?? null, note, column]);
  const values = [
    ['Pairs of the pane', whole.format(h.pairs[i]), 'live and reference vectors of one input'],
    ['Pairs of the window', whole.format(h.windowPairs[i]), 'what the rolling CKA rests on'],
    ...stated.map(([name, value, note, column]) => [name, or(value, formatOf(column)), note]),
  ];
  render(byId('figures'), values, () =>
    values.map(([name, value, note]) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, name, element('span', { class: 'under' }, note)),
        element('td', { class: 'number' }, value),
      ),
    ),
  );
}

const formatOf = (column) =>
  column.endsWith('Log10') ? two : column === 'effectiveRank' ? one : four;

byId('series-scale').addEventListener('click', () => {
  fullScale = !fullScale;
  byId('series-scale').setAttribute('aria-pressed', String(fullScale));
  open?.charts.forEach((chart) => chart.onFullScale(fullScale));
});

// ---- what belongs to it ---------------------------------------------------------------------------

/** Slices, probes, other versions and other references of the model, and its drill. */
function writeRelatives(all, series) {
  const real = (name) => name.replace(/^drill\./, '');
  const found = all.filter(
    (each) => each.key !== series.key && real(each.model) === real(series.model),
  );
  show(byId('relatives'), found.length > 0);
  relatives.write(gravestFirst(found));
}

function writeAlertsOf(alerts, address) {
  const own = alerts.filter((alert) => alert.key === address.key);
  alertList.write(own);
  show(byId('series-no-alerts'), own.length === 0);
  set(byId('model-alerts-link'), { href: alertsHref(address.model) });
}

function writeProvenance(latest) {
  const { counts, provenance } = latest;
  const facts = [
    ['Baseline', latest.baseline ?? 'none yet'],
    ['Window', `${moment(latest.windowStart)} to ${moment(latest.paneEnd)}`],
    [
      'Events of the newest pane',
      `${whole.format(counts.in)} in; ${whole.format(counts.sampledOut)} sampled out, ` +
        `${whole.format(counts.duplicate)} duplicate, ${whole.format(counts.late)} late, ` +
        `${whole.format(counts.unmatched)} unmatched, ${whole.format(counts.rejected)} rejected`,
    ],
    ['Parallax', provenance.parallax],
    ['Settings', provenance.config],
    ['Reference space', provenance.reference],
    ['Graph', provenance.graph],
    ['Provider', `${provenance.provider}, ONNX Runtime ${provenance.ort}, ${provenance.isa}`],
    ['Seed of the sample', String(provenance.seed)],
    ['Digest of the sample', latest.sampleDigest],
  ];
  const command = replayCommand(latest, Date.parse(latest.windowStart), Date.parse(latest.paneEnd));
  render(byId('provenance'), facts, () =>
    facts.map(([name, value]) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, value)),
    ),
  );
  render(byId('series-replay'), command, () => [commandNode(command)]);
}
