// Where every event went, and how the reading of the topics goes.

import { byId, element, render, show, write } from './dom.js';
import { ago, moment, whole } from './format.js';
import { mark } from './verdicts.js';

export function writeEquations(equations) {
  render(byId('equations'), equations, () => equations.map(equationNode));
}

function equationNode(equation) {
  const severity = equation.balanced ? 'good' : 'alarm';
  const terms = element('div', { class: 'terms' }, termNode(equation.total));
  equation.terms.forEach((term, i) =>
    terms.append(
      element(
        'span',
        { class: 'signed' },
        element('span', { class: 'sign-text' }, i === 0 ? '=' : '+'),
        termNode(term),
      ),
    ),
  );
  return element(
    'div',
    { class: 'equation', id: `equation-${equation.id}` },
    element(
      'p',
      { class: 'caption' },
      element('span', {}, equation.title),
      element(
        'span',
        { class: 'balance', 'data-severity': severity },
        mark(severity),
        equation.balanced ? 'balances' : 'does not balance',
      ),
    ),
    terms,
  );
}

function termNode(term) {
  return element(
    'span',
    { class: 'term' },
    element('span', {}, whole.format(term.value)),
    element('small', {}, term.name),
  );
}

/** Says how fresh all this is, and why it may be old. */
export function writeFeed(fleet) {
  const { feed, series } = fleet;
  const problem = feed.problem
    ? `Kafka: ${feed.problem}. What is shown may be old.`
    : feed.connected && !feed.caughtUp
      ? 'Still reading what is on the topics. What is shown is not the newest yet.'
      : '';
  write(byId('problem'), problem);
  show(byId('problem'), problem !== '');
  const latest = (column) =>
    series.reduce((best, each) => (best === '' || each[column] > best ? each[column] : best), '');
  write(
    byId('freshness'),
    series.length === 0
      ? ''
      : `Newest pane ended ${moment(latest('paneEnd'))}; its score was read ${ago(latest('arrived'))}.`,
  );
}
