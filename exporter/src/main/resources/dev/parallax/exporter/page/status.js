// The status page: asks the server once a second and writes what changed. All text that comes from
// the server is set as text, never as markup.

const POLL_MILLIS = 1000;
const GIVE_UP_MILLIS = 5000;
const FIRST_CARDS = 24;
const SHOWN_ALERTS = 20;
const SVG = 'http://www.w3.org/2000/svg';

const byId = (id) => document.getElementById(id);

// ---- small helpers -------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  set(node, attributes);
  node.append(...children);
  return node;
}

function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  set(node, attributes);
  node.append(...children);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
}

function write(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function show(node, visible) {
  node.hidden = !visible;
}

const whole = new Intl.NumberFormat('en-US');
const decimals = (digits) => {
  const format = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value) => format.format(value === 0 ? 0 : value).replace('-', '\u2212');
};
const one = decimals(1);
const two = decimals(2);
const three = decimals(3);
const or = (value, format, otherwise = '–') =>
  value === undefined || value === null ? otherwise : format(value);

const two0 = (n) => String(n).padStart(2, '0');
function clock(time) {
  const date = new Date(time);
  return `${two0(date.getUTCHours())}:${two0(date.getUTCMinutes())}`;
}
function day(time) {
  return new Date(time).toISOString().slice(0, 10);
}

// ---- verdicts ------------------------------------------------------------------------------

const SEVERITY = {
  healthy: 'good',
  warming: 'waiting',
  insufficient: 'waiting',
  warning: 'caution',
  'traffic-shift': 'caution',
  silent: 'caution',
};
const severityOf = (verdict) => SEVERITY[verdict] ?? 'alarm';

// One outline per severity, so that colour is never the only difference.
const MARKS = {
  good: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Z', 'M4.6 8.3 7 10.7 11.5 5.6'],
  waiting: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Z', 'M4.5 8h.01M8 8h.01M11.5 8h.01'],
  caution: ['M8 .8 16 15.2H0Z', 'M8 6v4M8 12.6v.01'],
  alarm: ['M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7Z', 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
};

function mark(severity) {
  const [outline, sign] = MARKS[severity];
  return shape(
    'svg',
    { class: 'mark', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    shape('path', { d: outline }),
    shape('path', { class: 'sign', d: sign }),
  );
}

/** Puts the verdict's shape and word into a node, if they changed. */
function writeVerdict(node, verdict) {
  if (node.dataset.verdict !== verdict) {
    const severity = severityOf(verdict);
    node.dataset.verdict = verdict;
    node.dataset.severity = severity;
    node.className = 'verdict';
    node.replaceChildren(mark(severity), document.createTextNode(verdict));
  }
}

// ---- fleet table ---------------------------------------------------------------------------

const rows = new Map();

function writeRow(series) {
  let row = rows.get(series.key);
  if (!row) {
    row = newRow();
    rows.set(series.key, row);
  }
  const figures = series.figures;
  write(row.model, series.model);
  write(row.version, 'version ' + series.version + (series.slice ? ' · slice ' + series.slice : ''));
  write(row.reference, series.reference);
  writeVerdict(row.verdict, series.verdict);
  write(row.cka, or(figures.cka, three));
  write(row.interval, intervalOf(figures));
  write(row.pairs, whole.format(series.windowPairs));
  write(row.residual, or(figures.residualStratified, two));
  write(row.evidence, evidenceOf(figures));
  writeMeter(row, figures);
  return row;
}

function newRow() {
  const row = {
    model: element('span'),
    version: element('span', { class: 'under' }),
    reference: element('span'),
    verdict: element('span'),
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
    element('th', { role: 'rowheader', scope: 'row' }, row.model, row.version),
    cell('Reference', 'reference', row.reference),
    cell('Verdict', 'state', row.verdict),
    cell('Rolling CKA', 'number', row.cka, row.interval),
    cell('Pairs in window', 'number', row.pairs),
    cell('Residual (1 = baseline)', 'number', row.residual),
    cell('Evidence of threshold', 'number evidence-cell', row.evidence, row.meter),
  );
  return row;
}

function intervalOf(figures) {
  return figures.ckaLow === undefined || figures.ckaHigh === undefined
    ? 'no interval'
    : `${three(figures.ckaLow)} to ${three(figures.ckaHigh)}`;
}

function evidenceOf(figures) {
  return figures.evidenceLog10 === undefined
    ? '–'
    : `${one(figures.evidenceLog10)} of ${or(figures.thresholdLog10, one)}`;
}

function writeMeter(row, figures) {
  const known = figures.evidenceLog10 !== undefined && figures.thresholdLog10 > 0;
  const share = known ? figures.evidenceLog10 / figures.thresholdLog10 : 0;
  show(row.meter, known);
  row.meter.dataset.severity = share >= 1 ? 'alarm' : 'waiting';
  row.meter.firstChild.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
}

/** Makes the children of a node these ones, touching only what is not there already. */
function keepChildren(parent, children) {
  children.forEach((child, i) => {
    if (parent.children[i] !== child) {
      parent.insertBefore(child, parent.children[i] ?? null);
    }
  });
  while (parent.children.length > children.length) {
    parent.lastElementChild.remove();
  }
}

// ---- charts --------------------------------------------------------------------------------

const cards = new Map();
let fullScale = false;
let allCards = false;

const LEFT = 46;
const RIGHT = 10;
const CKA = { top: 34, height: 150 };
const PAIRS = { top: 216, height: 26 };
const EVIDENCE = { top: 268, height: 46 };
const HEIGHT = 336;

function newCard(key) {
  const card = {
    key,
    revision: -1,
    history: null,
    cursor: null,
    width: 0,
    model: element('h3'),
    version: element('p', { class: 'muted small' }),
    verdict: element('span'),
    readout: element('p', { class: 'readout small', 'aria-live': 'off' }),
    reasons: element('ul', { class: 'reasons muted small' }),
    svg: shape('svg', { class: 'chart', height: HEIGHT, role: 'img', tabindex: 0 }),
  };
  card.node = element(
    'article',
    { class: 'card' },
    element('header', {}, card.model, card.verdict),
    card.version,
    card.readout,
    card.svg,
    card.reasons,
  );
  card.svg.addEventListener('pointermove', (event) => pointAt(card, event));
  card.svg.addEventListener('pointerdown', (event) => pointAt(card, event));
  card.svg.addEventListener('pointerleave', () => moveCursor(card, null));
  card.svg.addEventListener('blur', () => moveCursor(card, null));
  card.svg.addEventListener('keydown', (event) => stepCursor(card, event));
  new ResizeObserver(() => {
    const width = Math.floor(card.svg.getBoundingClientRect().width);
    if (width > 0 && width !== card.width) {
      card.width = width;
      draw(card);
    }
  }).observe(card.svg);
  return card;
}

function writeCard(series) {
  let card = cards.get(series.key);
  if (!card) {
    card = newCard(series.key);
    cards.set(series.key, card);
  }
  write(card.model, series.model);
  write(
    card.version,
    `version ${series.version}${series.slice ? ' · slice ' + series.slice : ''} · against ${series.reference}` +
      (series.baseline ? ` · baseline ${series.baseline}` : ''),
  );
  writeVerdict(card.verdict, series.verdict);
  keepTexts(card.reasons, series.reasons, 'li');
  return card;
}

function keepTexts(parent, texts, tag) {
  while (parent.children.length < texts.length) {
    parent.append(element(tag));
  }
  while (parent.children.length > texts.length) {
    parent.lastElementChild.remove();
  }
  texts.forEach((text, i) => write(parent.children[i], text));
}

function pointAt(card, event) {
  const h = card.history;
  if (!h || h.paneEnd.length === 0) {
    return;
  }
  const box = card.svg.getBoundingClientRect();
  const x = xScale(card);
  let best = 0;
  h.paneEnd.forEach((end, i) => {
    const near = Math.abs(x(end) - (event.clientX - box.left));
    if (near <= Math.abs(x(h.paneEnd[best]) - (event.clientX - box.left))) {
      best = i;
    }
  });
  moveCursor(card, h.paneEnd[best]);
}

function stepCursor(card, event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const h = card.history;
  if (!step || !h || h.paneEnd.length === 0) {
    return;
  }
  event.preventDefault();
  const at = card.cursor === null ? h.paneEnd.length : h.paneEnd.indexOf(card.cursor);
  const next = Math.min(h.paneEnd.length - 1, Math.max(0, at + step));
  moveCursor(card, h.paneEnd[next]);
}

function moveCursor(card, paneEnd) {
  if (card.cursor !== paneEnd) {
    card.cursor = paneEnd;
    drawCursor(card);
  }
}

function xScale(card) {
  const ends = card.history.paneEnd;
  const first = ends[0];
  const last = ends[ends.length - 1];
  // A series that is young is drawn from the left, as if ten panes were there.
  const span = Math.max(last - first, 9 * paneMillis(ends), 1);
  const width = card.width - LEFT - RIGHT;
  return (time) => LEFT + ((time - first) / span) * width;
}

/** The length of a pane: the shortest distance between two. */
function paneMillis(ends) {
  let shortest = Infinity;
  for (let i = 1; i < ends.length; i++) {
    shortest = Math.min(shortest, ends[i] - ends[i - 1]);
  }
  return Number.isFinite(shortest) ? shortest : 60000;
}

function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((f) => f * power).find((step) => step >= raw * 0.999);
}

/** The y axis of a CKA chart: all of −0.1 to 1, or just what is needed, on round numbers. */
function ckaDomain(history) {
  const values = [history.cka, history.ckaLow, history.ckaHigh, history.paneCka]
    .flat()
    .filter((value) => value !== null);
  if (fullScale || values.length === 0) {
    return { low: -0.1, high: 1, step: 0.2, from: 0, zoomed: false };
  }
  let low = Math.min(...values);
  let high = Math.max(...values);
  const room = Math.max(0.01, 0.05 * (high - low));
  low -= room;
  high = high <= 1 ? Math.min(1, high + room) : high + room;
  const step = niceStep(high - low, 4);
  low = Math.floor(low / step + 1e-9) * step;
  high = Math.ceil(high / step - 1e-9) * step;
  return { low, high, step, from: low, zoomed: low > -0.1 || high < 1 };
}

function draw(card) {
  const h = card.history;
  if (!h || h.paneEnd.length === 0 || card.width === 0) {
    return;
  }
  const x = xScale(card);
  const right = card.width - RIGHT;
  const parts = [];
  const texts = [];
  const text = (at, y, words, attributes = {}) =>
    texts.push(shape('text', { x: at, y, ...attributes }, words));
  const grid = (y) => parts.push(shape('path', { class: 'grid', d: `M${LEFT} ${y}H${right}` }));

  // Rolling CKA with its interval, and each pane's own as a dot.
  const domain = ckaDomain(h);
  const y = (value) =>
    CKA.top + CKA.height * (1 - (value - domain.low) / (domain.high - domain.low));
  const digits = decimals(Math.max(1, Math.min(4, Math.ceil(-Math.log10(domain.step) - 1e-9))));
  text(0, 11, 'Rolling CKA', { class: 'title' });
  text(
    right,
    11,
    domain.zoomed
      ? `axis ${digits(domain.low)} to ${digits(domain.high)}, zoomed`
      : `axis ${digits(domain.low)} to ${digits(domain.high)}`,
    { 'text-anchor': 'end' },
  );
  for (let tick = domain.from; tick <= domain.high + domain.step / 1000; tick += domain.step) {
    grid(Math.round(y(tick)) + 0.5);
    text(LEFT - 6, y(tick) + 4, digits(tick), { 'text-anchor': 'end' });
  }
  parts.push(shape('path', { class: 'band', d: band(h, x, y) }));
  parts.push(shape('path', { class: 'line', d: path(h.paneEnd, h.cka, x, y) }));
  h.paneCka.forEach((value, i) => {
    if (value !== null) {
      parts.push(shape('circle', { class: 'dot', cx: fix(x(h.paneEnd[i])), cy: fix(y(value)), r: 1.8 }));
    }
  });

  // Pairs of each pane.
  const most = Math.max(1, ...h.pairs);
  const wide = Math.max(1, (x(h.paneEnd[0] + paneMillis(h.paneEnd)) - x(h.paneEnd[0])) * 0.7);
  const bottom = PAIRS.top + PAIRS.height;
  text(0, PAIRS.top - 8, 'Pairs per pane', { class: 'title' });
  text(right, PAIRS.top - 8, `most ${whole.format(most)}`, { 'text-anchor': 'end' });
  grid(bottom + 0.5);
  parts.push(
    shape('path', {
      class: 'bars',
      d: h.pairs
        .map((count, i) => {
          const height = (PAIRS.height * count) / most;
          const left = Math.max(LEFT, Math.min(right - wide, x(h.paneEnd[i]) - wide / 2));
          return `M${fix(left)} ${bottom}v${fix(-height)}h${fix(wide)}v${fix(height)}Z`;
        })
        .join(''),
    }),
  );

  drawEvidence(card, x, right, parts, text, grid);
  drawTimes(card, x, right, text);
  drawChanges(card, x, right, parts);
  parts.push(shape('path', { class: 'cursor', d: '' }));
  card.svg.replaceChildren(...parts, ...texts);
  card.svg.setAttribute('aria-label', describe(card));
  drawCursor(card);
}

function drawEvidence(card, x, right, parts, text, grid) {
  const h = card.history;
  const known = h.evidenceLog10.filter((value) => value !== null);
  const thresholds = h.thresholdLog10.filter((value) => value !== null);
  text(0, EVIDENCE.top - 8, 'Evidence, log₁₀', { class: 'title' });
  grid(EVIDENCE.top + EVIDENCE.height + 0.5);
  if (known.length === 0) {
    text(right, EVIDENCE.top - 8, 'none before there is a baseline', { 'text-anchor': 'end' });
    return;
  }
  const threshold = thresholds.length > 0 ? thresholds[thresholds.length - 1] : 1;
  // Far beyond the threshold the exact height says nothing more, so it is cut there.
  const high = Math.max(1.25 * threshold, Math.min(Math.max(...known), 3 * threshold));
  const low = Math.min(0, Math.max(Math.min(...known), -threshold));
  const y = (value) =>
    EVIDENCE.top +
    EVIDENCE.height * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low));
  const cut = Math.max(...known) > high ? `, cut at ${one(high)}` : '';
  text(right, EVIDENCE.top - 8, `dashed: threshold ${one(threshold)}${cut}`, {
    'text-anchor': 'end',
  });
  text(LEFT - 6, y(threshold) + 4, one(threshold), { 'text-anchor': 'end' });
  text(LEFT - 6, y(0) + 4, '0', { 'text-anchor': 'end' });
  parts.push(
    shape('path', { class: 'threshold', d: `M${LEFT} ${fix(y(threshold))}H${right}` }),
    shape('path', { class: 'evidence', d: path(h.paneEnd, h.evidenceLog10, x, y) }),
  );
}

const MINUTE = 60000;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map(
  (minutes) => minutes * MINUTE,
);

function drawTimes(card, x, right, text) {
  const ends = card.history.paneEnd;
  const perMillis = x(ends[0] + 1) - x(ends[0]);
  const step = TIME_STEPS.find((millis) => millis * perMillis >= 64) ?? TIME_STEPS.at(-1);
  const y = EVIDENCE.top + EVIDENCE.height + 15;
  for (let time = Math.ceil(ends[0] / step) * step; x(time) <= right; time += step) {
    const at = x(time);
    const anchor = at < LEFT + 16 ? 'start' : at > right - 16 ? 'end' : 'middle';
    text(fix(at), y, step >= 1440 * MINUTE ? day(time).slice(5) : clock(time), {
      'text-anchor': anchor,
    });
  }
}

/** A dashed line with shape and word where the verdict changed; words that would overlap are left out. */
function drawChanges(card, x, right, parts) {
  const h = card.history;
  let free = Infinity;
  for (let i = h.verdict.length - 1; i > 0; i--) {
    if (h.verdict[i] === h.verdict[i - 1]) {
      continue;
    }
    const at = fix(x(h.paneEnd[i]));
    const top = CKA.top - 6;
    const group = shape(
      'g',
      { 'data-severity': severityOf(h.verdict[i]) },
      shape('title', {}, `${h.verdict[i - 1]} → ${h.verdict[i]} at ${clock(h.paneEnd[i])}`),
      shape('path', { class: 'change', d: `M${at} ${top}V${EVIDENCE.top + EVIDENCE.height}` }),
      shape('path', { class: 'change-mark', d: `M${at - 4} ${top - 5}h8l-4 6Z` }),
    );
    const width = 6.4 * h.verdict[i].length + 10;
    const flip = at + width > right;
    const from = flip ? at - width : at;
    if (from + width < free) {
      group.append(
        shape(
          'text',
          {
            class: 'change-word',
            x: flip ? at - 7 : at + 7,
            y: top + 1,
            'text-anchor': flip ? 'end' : 'start',
          },
          h.verdict[i],
        ),
      );
      free = from;
    }
    parts.push(group);
  }
}

const fix = (value) => Math.round(value * 10) / 10;

/** A line through the values, broken where there is none. */
function path(ends, values, x, y) {
  let d = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M';
    } else {
      d += `${pen}${fix(x(ends[i]))} ${fix(y(value))}`;
      // A lone point between gaps still shows, through its round line cap.
      d += pen === 'M' ? 'h0' : '';
      pen = 'L';
    }
  });
  return d;
}

function band(h, x, y) {
  let d = '';
  for (let from = 0; from < h.paneEnd.length; ) {
    if (h.ckaLow[from] === null || h.ckaHigh[from] === null) {
      from++;
      continue;
    }
    let to = from;
    while (to < h.paneEnd.length && h.ckaLow[to] !== null && h.ckaHigh[to] !== null) {
      to++;
    }
    const upper = [];
    const lower = [];
    for (let i = from; i < to; i++) {
      const at = fix(x(h.paneEnd[i]));
      upper.push(`${at} ${fix(y(h.ckaHigh[i]))}`);
      lower.unshift(`${at} ${fix(y(h.ckaLow[i]))}`);
    }
    d += `M${upper.join('L')}L${lower.join('L')}Z`;
    from = to;
  }
  return d;
}

function drawCursor(card) {
  const h = card.history;
  if (!h || h.paneEnd.length === 0) {
    return;
  }
  const last = h.paneEnd.length - 1;
  const found = card.cursor === null ? last : h.paneEnd.indexOf(card.cursor);
  const i = found < 0 ? last : found;
  write(card.readout, readout(h, i));
  const line = card.svg.querySelector('.cursor');
  if (line) {
    const at = fix(xScale(card)(h.paneEnd[i]));
    line.setAttribute(
      'd',
      card.cursor === null ? '' : `M${at} ${CKA.top}V${EVIDENCE.top + EVIDENCE.height}`,
    );
  }
}

function readout(h, i) {
  const interval =
    h.ckaLow[i] === null || h.ckaHigh[i] === null
      ? ''
      : ` (${three(h.ckaLow[i])} to ${three(h.ckaHigh[i])})`;
  return [
    `${day(h.paneEnd[i])} ${clock(h.paneEnd[i])}`,
    `CKA ${or(h.cka[i], three)}${interval}`,
    `pane ${or(h.paneCka[i], three)}`,
    `${whole.format(h.pairs[i])} pairs`,
    `residual ${or(h.residualStratified[i], two)}`,
    `evidence ${or(h.evidenceLog10[i], one)}`,
    h.verdict[i],
  ].join(' · ');
}

function describe(card) {
  const h = card.history;
  const last = h.paneEnd.length - 1;
  return (
    `Rolling CKA of ${card.model.textContent} over ${h.paneEnd.length} panes, ` +
    `${clock(h.paneEnd[0])} to ${clock(h.paneEnd[last])}. Newest: ${readout(h, last)}. ` +
    'Arrow keys step through the panes.'
  );
}

async function refreshHistories(series) {
  const stale = series.filter((each) => cards.get(each.key)?.revision !== each.revision);
  await Promise.all(
    stale.map(async (each) => {
      const history = await ask(`/api/series?key=${encodeURIComponent(each.key)}`, true);
      const card = cards.get(each.key);
      if (history && card) {
        card.history = history;
        card.revision = history.revision;
        draw(card);
      }
    }),
  );
}

// ---- alerts and accounting -----------------------------------------------------------------

const alertNodes = new Map();

function writeAlerts(alerts) {
  const newest = alerts.slice(0, SHOWN_ALERTS);
  const keys = newest.map((alert) => `${alert.key}@${alert.paneEnd}`);
  for (const key of alertNodes.keys()) {
    if (!keys.includes(key)) {
      alertNodes.delete(key);
    }
  }
  const nodes = newest.map((alert, i) => {
    const known = alertNodes.get(keys[i]);
    const node = known ?? element('li');
    const shown = JSON.stringify(alert);
    if (node.shown !== shown) {
      node.shown = shown;
      node.replaceChildren(...alertParts(alert));
    }
    alertNodes.set(keys[i], node);
    return node;
  });
  keepChildren(byId('alert-list'), nodes);
  show(byId('no-alerts'), newest.length === 0);
}

function alertParts(alert) {
  const verdict = element('span');
  writeVerdict(verdict, alert.verdict);
  const parts = [
    element(
      'div',
      { class: 'what' },
      verdict,
      element('strong', {}, alert.model),
      element('span', { class: 'muted small' }, `version ${alert.version}`),
    ),
  ];
  const since = alert.estimatedChangeTime
    ? `, changed at about ${clock(alert.estimatedChangeTime)}`
    : '';
  parts.push(
    element(
      'p',
      { class: 'small' },
      `${day(alert.paneEnd)} ${clock(alert.paneEnd)} · was ${alert.previousVerdict}${since} · CKA ${or(alert.figures.cka, three)}` +
        ` · residual ${or(alert.figures.residualStratified, two)}`,
    ),
  );
  if (alert.reasons.length > 0) {
    parts.push(element('p', { class: 'muted small' }, alert.reasons.join('; ')));
  }
  parts.push(element('p', { class: 'muted small' }, `Runbook: ${alert.runbook}`));
  return parts;
}

function writeEquations(equations) {
  const parent = byId('equations');
  const shown = JSON.stringify(equations);
  if (parent.shown === shown) {
    return;
  }
  parent.shown = shown;
  parent.replaceChildren(
    ...equations.map((equation) => {
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
    }),
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

// ---- the whole page ------------------------------------------------------------------------

let newestFleet = null;

function writeFleet(fleet) {
  newestFleet = fleet;
  const { summary, series } = fleet;
  const answer = byId('answer');
  if (answer.dataset.severity !== summary.severity || !byId('answer-mark').firstChild) {
    answer.dataset.severity = summary.severity;
    byId('answer-mark').replaceChildren(mark(summary.severity));
  }
  write(byId('headline'), summary.headline);
  write(byId('detail'), summary.detail);
  write(byId('banner'), fleet.banner);
  show(byId('banner'), fleet.banner !== '');
  write(byId('version'), `Parallax ${fleet.version}`);
  document.title = `${summary.headline} · Parallax`;

  const problem = fleet.feed.problem
    ? `Kafka: ${fleet.feed.problem}. What is shown may be old.`
    : '';
  write(byId('problem'), problem);
  show(byId('problem'), problem !== '');

  const any = series.length > 0;
  show(byId('empty'), !any);
  for (const id of ['fleet', 'charts', 'alerts', 'accounting']) {
    show(byId(id), any);
  }

  forget(rows, series);
  keepChildren(byId('rows'), series.map((each) => writeRow(each).node));
  const charted = allCards ? series : series.slice(0, FIRST_CARDS);
  forget(cards, charted);
  keepChildren(byId('cards'), charted.map((each) => writeCard(each).node));
  write(byId('more'), `Show the charts of all ${series.length} series`);
  show(byId('more'), series.length > charted.length);

  const dropped = [];
  if (fleet.droppedByLimit > 0) {
    dropped.push(`${whole.format(fleet.droppedByLimit)} series are not shown, as there are too many`);
  }
  if (fleet.droppedByRetention > 0) {
    dropped.push(`${whole.format(fleet.droppedByRetention)} series stopped and were removed`);
  }
  write(byId('dropped'), dropped.join(' · '));
  show(byId('dropped'), dropped.length > 0);
  return charted;
}

function forget(nodes, series) {
  const keys = new Set(series.map((each) => each.key));
  for (const key of nodes.keys()) {
    if (!keys.has(key)) {
      nodes.delete(key);
    }
  }
}

/** The JSON at a path; null if it may be missing and is. */
async function ask(path, mayBeMissing = false) {
  const reply = await fetch(path, { signal: AbortSignal.timeout(GIVE_UP_MILLIS) });
  if (mayBeMissing && reply.status === 404) {
    return null;
  }
  if (!reply.ok) {
    throw new Error(`${path}: ${reply.status}`);
  }
  return reply.json();
}

let answeredAt = null;

function lost() {
  const since = answeredAt ? ` Shown is what was known at ${answeredAt.toLocaleTimeString()}.` : '';
  write(byId('lost'), `Connection lost.${since} Trying again every second.`);
  show(byId('lost'), true);
  document.body.classList.add('stale');
}

function found() {
  answeredAt = new Date();
  show(byId('lost'), false);
  document.body.classList.remove('stale');
}

async function refresh() {
  const [fleet, alerts, accounting] = await Promise.all([
    ask('/api/fleet'),
    ask('/api/alerts'),
    ask('/api/accounting'),
  ]);
  const charted = writeFleet(fleet);
  writeAlerts(alerts.alerts);
  writeEquations(accounting.equations);
  await refreshHistories(charted);
  found();
}

function visible() {
  return new Promise((resolve) => {
    const check = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', check);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', check);
    check();
  });
}

byId('scale').addEventListener('click', () => {
  fullScale = !fullScale;
  byId('scale').setAttribute('aria-pressed', String(fullScale));
  cards.forEach(draw);
});

byId('more').addEventListener('click', () => {
  allCards = true;
  refreshHistories(writeFleet(newestFleet)).catch(lost);
});

for (;;) {
  await visible();
  try {
    await refresh();
  } catch (e) {
    console.warn(e);
    lost();
  }
  await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
}
