// The fleet: its overall answer with what moved most, and the table of all series.

import { fleetHref } from './address.js';
import { writeCards } from './cards.js';
import { byId, element, render, show, write } from './dom.js';
import { whole } from './format.js';
import { writeNews } from './news.js';
import { Rows, gravestFirst } from './rows.js';
import { writeSeverity } from './verdicts.js';

const FIRST_ROWS = 50;
const WORTH_FILTERING = 7;

const rows = new Rows(byId('rows'));
let allRows = false;
let newest = null;
let narrowed = { find: '', verdict: '' };

/** Writes the fleet, and returns the series whose histories it draws. */
export function writeFleet(fleet, address) {
  newest = fleet;
  narrowed = address;
  const { summary } = fleet;
  const series = gravestFirst(fleet.series);
  writeSeverity(byId('answer'), byId('answer-mark'), summary.severity);
  write(byId('headline'), summary.headline);
  write(byId('detail'), summary.detail);
  writeNews(series);
  const any = series.length > 0;
  show(byId('empty'), !any);
  for (const id of ['fleet-table', 'charts', 'newest-alerts', 'accounting']) {
    show(byId(id), any);
  }
  const wanted = series.filter(isWanted);
  writeFilter(series, wanted);
  rows.write(allRows ? wanted : wanted.slice(0, FIRST_ROWS));
  write(byId('more'), `Show all ${wanted.length} series`);
  show(byId('more'), !allRows && wanted.length > FIRST_ROWS);
  writeDropped(fleet);
  return writeCards(wanted);
}

function isWanted(series) {
  const text = `${series.model} ${series.version} ${series.reference} ${series.slice}`.toLowerCase();
  return (
    text.includes(narrowed.find.trim().toLowerCase()) &&
    (narrowed.verdict === '' || series.verdict === narrowed.verdict)
  );
}

function writeFilter(series, wanted) {
  const isNarrowed = narrowed.find !== '' || narrowed.verdict !== '';
  show(byId('filter'), series.length >= WORTH_FILTERING || isNarrowed);
  const counts = new Map();
  series.forEach((each) => counts.set(each.verdict, (counts.get(each.verdict) ?? 0) + 1));
  if (narrowed.verdict !== '' && !counts.has(narrowed.verdict)) {
    counts.set(narrowed.verdict, 0);
  }
  render(byId('filter-verdict'), [...counts, narrowed.verdict], () => [
    option('', `every verdict (${series.length})`),
    ...[...counts].map(([verdict, count]) => option(verdict, `${verdict} (${count})`)),
  ]);
  if (document.activeElement !== byId('filter-find')) {
    byId('filter-find').value = narrowed.find;
  }
  write(
    byId('filtered'),
    isNarrowed ? `${whole.format(wanted.length)} of ${whole.format(series.length)} series` : '',
  );
  show(byId('none-wanted'), series.length > 0 && wanted.length === 0);
}

function option(value, text) {
  const node = element('option', { value }, text);
  node.selected = value === narrowed.verdict;
  return node;
}

function narrow(change) {
  history.replaceState(null, '', fleetHref({ ...narrowed, ...change }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

byId('filter-find').addEventListener('input', (event) => narrow({ find: event.target.value }));
byId('filter-verdict').addEventListener('change', (event) => narrow({ verdict: event.target.value }));
byId('filter').addEventListener('submit', (event) => event.preventDefault());
byId('more').addEventListener('click', () => {
  allRows = true;
  writeFleet(newest, narrowed);
});

function writeDropped(fleet) {
  const dropped = [];
  if (fleet.droppedByLimit > 0) {
    dropped.push(`${whole.format(fleet.droppedByLimit)} series are not shown, as there are too many`);
  }
  if (fleet.droppedByRetention > 0) {
    dropped.push(`${whole.format(fleet.droppedByRetention)} series stopped and were removed`);
  }
  write(byId('dropped'), dropped.join(' · '));
  show(byId('dropped'), dropped.length > 0);
}
