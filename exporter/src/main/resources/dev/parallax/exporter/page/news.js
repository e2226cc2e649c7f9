// What moved: of the gravest few, which model it is, how sure we are, why, and what to do.

import { modelHref } from './address.js';
import { byId, element, render, show } from './dom.js';
import { evidenceOf, intervalOf, particulars, three, two } from './format.js';
import { isGrave, sinceOf } from './rows.js';
import { runbookOf, severityOf, verdictNode } from './verdicts.js';

const MOST = 3;

/** @param series all series, gravest first */
export function writeNews(series) {
  const grave = series.filter((each) => isGrave(each) && !each.drill);
  const worst = grave
    .filter((each) => severityOf(each.verdict) === severityOf(grave[0].verdict))
    .slice(0, MOST);
  render(byId('news'), worst, () =>
    worst.map((each) =>
      element(
        'li',
        {},
        element(
          'p',
          { class: 'what' },
          element('a', { href: modelHref(each) }, each.model),
          element('span', { class: 'muted' }, particulars(each)),
          verdictNode(each.verdict),
          element('span', {}, sinceOf(each)),
        ),
        element('p', {}, howSure(each.figures)),
        ...(each.reasons.length > 0 ? [element('p', {}, `Why: ${each.reasons[0]}`)] : []),
        element(
          'p',
          {},
          'What to do: ',
          element('a', { href: runbookOf(each.verdict) }, `runbook for ${each.verdict}`),
        ),
      ),
    ),
  );
  show(byId('news'), worst.length > 0);
}

function howSure(figures) {
  const parts = [];
  if (figures.evidenceLog10 !== undefined) {
    parts.push(`evidence ${evidenceOf(figures)}`);
  }
  if (figures.cka !== undefined) {
    parts.push(`CKA ${three(figures.cka)} (${intervalOf(figures)})`);
  }
  if (figures.residualStratified !== undefined) {
    parts.push(`residual ${two(figures.residualStratified)} of its baseline`);
  }
  return parts.length === 0 ? 'How sure: no figure can be stated' : `How sure: ${parts.join(' · ')}`;
}
