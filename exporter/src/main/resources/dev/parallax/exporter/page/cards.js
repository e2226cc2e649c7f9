// The charts of the first few series of the fleet.

import { modelHref } from './address.js';
import { Chart } from './chart.js';
import { byId, element, forget, keepChildren, keepTexts, write } from './dom.js';
import { moment, one, or, particulars, three, two, whole } from './format.js';
import { OVERVIEW } from './panels.js';
import { drillTag } from './rows.js';
import { writeVerdict } from './verdicts.js';

const MOST = 6;

const cards = new Map();
let fullScale = false;

/** Writes the cards, and returns the series that have one. */
export function writeCards(series) {
  const charted = series.slice(0, MOST);
  forget(cards, charted.map((each) => each.key));
  keepChildren(byId('cards'), charted.map((each) => cardOf(each).node));
  write(
    byId('charted'),
    series.length > MOST ? `the first ${MOST} of ${series.length}; each has a page of its own` : '',
  );
  return charted;
}

/** Draws what is new of a series, if it has a card. */
export function drawCard(key, history) {
  const card = cards.get(key);
  if (card && history.paneEnd.length > 0) {
    const last = history.paneEnd.length - 1;
    card.history = history;
    card.chart.show(
      history,
      `${card.model.textContent} over ${last + 1} panes. Newest: ${readout(history, last)}.`,
    );
    readAt(card, null);
  }
}

function cardOf(series) {
  let card = cards.get(series.key);
  if (!card) {
    card = newCard(series);
    cards.set(series.key, card);
  }
  writeVerdict(card.verdict, series.verdict);
  keepTexts(card.reasons, series.reasons, 'li');
  return card;
}

function newCard(series) {
  const card = {
    history: null,
    model: element('a', { href: modelHref(series) }, series.model),
    verdict: element('span'),
    readout: element('p', { class: 'readout small' }),
    reasons: element('ul', { class: 'reasons muted small' }),
  };
  card.chart = new Chart(OVERVIEW, (paneEnd) => readAt(card, paneEnd));
  card.chart.onFullScale(fullScale);
  card.node = element(
    'article',
    { class: 'card' },
    element('header', {}, element('h3', {}, card.model, ...drillTag(series)), card.verdict),
    element('p', { class: 'muted small' }, `${particulars(series)} · against ${series.reference}`),
    card.readout,
    card.chart.node,
    card.reasons,
  );
  return card;
}

function readAt(card, paneEnd) {
  const h = card.history;
  if (h === null || h.paneEnd.length === 0) {
    return;
  }
  const found = h.paneEnd.indexOf(paneEnd);
  write(card.readout, readout(h, found < 0 ? h.paneEnd.length - 1 : found));
  card.chart.pointTo(found < 0 ? null : paneEnd);
}

function readout(h, i) {
  const interval =
    h.ckaLow[i] === null || h.ckaHigh[i] === null
      ? ''
      : ` (${three(h.ckaLow[i])} to ${three(h.ckaHigh[i])})`;
  return [
    moment(h.paneEnd[i]),
    `CKA ${or(h.cka[i], three)}${interval}`,
    `pane ${or(h.paneCka[i], three)}`,
    `${whole.format(h.pairs[i])} pairs`,
    `residual ${or(h.residualStratified[i], two)}`,
    `evidence ${or(h.evidenceLog10[i], one)}`,
    h.verdict[i],
  ].join(' · ');
}

byId('scale').addEventListener('click', () => {
  fullScale = !fullScale;
  byId('scale').setAttribute('aria-pressed', String(fullScale));
  cards.forEach((card) => card.chart.onFullScale(fullScale));
});
