// Draws panels of a history into shapes and texts.

import { shape } from './dom.js';
import { clock, day, decimals, one, whole } from './format.js';
import { bandPath, barsPath, linePath } from './paths.js';
import { digitsOf, fix, niceDomain, timeTicks } from './scale.js';
import { severityOf } from './verdicts.js';

/** Room for the names of ticks, and beside the last pane. */
export const LEFT = 46;
export const RIGHT = 10;
/** Room above a panel for its title, and below all for the times. */
export const TITLE_ROW = 36;
export const TIMES_ROW = 22;

/** The first title stands higher, so that the words of verdicts have a line of their own. */
const FIRST_TITLE_LIFT = 11;
/** Width of a character of these words, on the large side. */
const CHARACTER = 6.4;

/** One drawing of a history: what is drawn, and the texts that lie above it. */
export class Drawing {
  parts = [];
  texts = [];

  constructor(history, x, right) {
    this.history = history;
    this.ends = history.paneEnd;
    this.x = x;
    this.right = right;
  }

  panel(panel, top, full) {
    const titleAt = top - 14 - (top === TITLE_ROW ? FIRST_TITLE_LIFT : 0);
    this.#text(0, titleAt, panel.title, { class: 'title' });
    const note = { line: this.#line, evidence: this.#evidence, bars: this.#bars }[panel.kind].call(
      this,
      panel,
      top,
      full,
    );
    this.#text(this.right, titleAt, note, { 'text-anchor': 'end' });
  }

  #line(panel, top, full) {
    const values = [panel.line, panel.low, panel.high, panel.dots]
      .filter((column) => column !== undefined)
      .flatMap((column) => this.history[column])
      .filter((value) => value !== null);
    if (values.length === 0) {
      return this.#nothing(panel, top);
    }
    const level = panel.level === undefined ? [] : [panel.level];
    const ticks = Math.max(1, Math.floor(panel.height / 32));
    const domain =
      full && panel.full ? panel.full : niceDomain([...values, ...level], { ...panel, ticks });
    const y = (value) =>
      top + panel.height * (1 - (value - domain.low) / (domain.high - domain.low));
    const digits = decimals(digitsOf(domain.step));
    const from = domain.from ?? domain.low;
    const every = panel.height / ((domain.high - domain.low) / domain.step) < 14 ? 2 : 1;
    for (let i = 0; from + i * domain.step <= domain.high + domain.step / 1000; i += every) {
      const tick = from + i * domain.step;
      this.#grid(Math.round(y(tick)) + 0.5);
      this.#text(LEFT - 6, y(tick) + 4, digits(tick), { 'text-anchor': 'end' });
    }
    level.forEach((value) => this.#path('level', `M${LEFT} ${fix(y(value))}H${this.right}`));
    if (panel.low) {
      const { [panel.low]: lows, [panel.high]: highs } = this.history;
      this.#path('band', bandPath(this.ends, lows, highs, this.x, y));
    }
    this.#path('line', linePath(this.ends, this.history[panel.line], this.x, y));
    (this.history[panel.dots] ?? []).forEach((value, i) => {
      if (value !== null) {
        const [cx, cy] = [fix(this.x(this.ends[i])), fix(y(value))];
        this.parts.push(shape('circle', { class: 'dot', cx, cy, r: 1.8 }));
      }
    });
    if (panel.note) {
      return panel.note;
    }
    const zoomed = domain !== panel.full && panel.full ? ', zoomed' : '';
    return `axis ${digits(domain.low)} to ${digits(domain.high)}${zoomed}`;
  }

  #evidence(panel, top) {
    const { evidenceLog10, thresholdLog10 } = this.history;
    const known = evidenceLog10.filter((value) => value !== null);
    if (known.length === 0) {
      return this.#nothing(panel, top);
    }
    const threshold = thresholdLog10.findLast((value) => value !== null) ?? 1;
    // Far beyond the threshold the exact height says nothing more, so it is cut there.
    const high = Math.max(1.25 * threshold, Math.min(Math.max(...known), 3 * threshold));
    const low = Math.min(0, Math.max(Math.min(...known), -threshold));
    const within = (value) => Math.min(high, Math.max(low, value));
    const y = (value) => top + panel.height * (1 - (within(value) - low) / (high - low));
    this.#grid(top + panel.height + 0.5);
    this.#text(LEFT - 6, y(threshold) + 4, one(threshold), { 'text-anchor': 'end' });
    this.#text(LEFT - 6, y(0) + 4, '0', { 'text-anchor': 'end' });
    this.#path('threshold', `M${LEFT} ${fix(y(threshold))}H${this.right}`);
    this.#path('evidence', linePath(this.ends, evidenceLog10, this.x, y));
    const cut = Math.max(...known) > high ? `, cut at ${one(high)}` : '';
    return `dashed: threshold ${one(threshold)}${cut}`;
  }

  #bars(panel, top) {
    const values = this.history[panel.line];
    const most = Math.max(1, ...values);
    const bottom = top + panel.height;
    this.#grid(bottom + 0.5);
    const box = { left: LEFT, right: this.right, bottom, height: panel.height, most };
    this.#path('bars', barsPath(this.ends, values, this.x, box));
    return `most ${whole.format(most)}`;
  }

  #nothing(panel, top) {
    this.#grid(top + panel.height + 0.5);
    return panel.empty;
  }

  times(y) {
    const { times, days } = timeTicks(this.ends, this.x, this.right);
    for (const time of times) {
      const at = this.x(time);
      const anchor = at < LEFT + 16 ? 'start' : at > this.right - 16 ? 'end' : 'middle';
      this.#text(fix(at), y, days ? day(time).slice(5) : clock(time), { 'text-anchor': anchor });
    }
  }

  /** A dashed line with shape and word where the verdict changed; words that would overlap are left out. */
  changes(top, bottom) {
    const { verdict } = this.history;
    let free = Infinity;
    for (let i = verdict.length - 1; i > 0; i--) {
      if (verdict[i] === verdict[i - 1]) {
        continue;
      }
      const at = fix(this.x(this.ends[i]));
      const y = top - 6;
      const group = shape(
        'g',
        { 'data-severity': severityOf(verdict[i]) },
        shape('title', {}, `${verdict[i - 1]} → ${verdict[i]} at ${clock(this.ends[i])}`),
        shape('path', { class: 'change', d: `M${at} ${y}V${bottom}` }),
        shape('path', { class: 'change-mark', d: `M${at - 4} ${y - 5}h8l-4 6Z` }),
      );
      const width = CHARACTER * verdict[i].length + 10;
      const flip = at + width > this.right;
      const from = flip ? at - width : at;
      if (from + width < free) {
        const anchor = { x: flip ? at - 7 : at + 7, y: y + 1, 'text-anchor': flip ? 'end' : 'start' };
        group.append(shape('text', { class: 'change-word', ...anchor }, verdict[i]));
        free = from;
      }
      this.parts.push(group);
    }
  }

  #text(x, y, words, attributes) {
    this.texts.push(shape('text', { x, y: fix(y), ...attributes }, words));
  }

  #grid(y) {
    this.#path('grid', `M${LEFT} ${y}H${this.right}`);
  }

  #path(kind, d) {
    this.parts.push(shape('path', { class: kind, d }));
  }
}
