// Panels of one series below each other, on one axis of event time, with a cursor that steps from pane to pane.

import { set, shape } from './dom.js';
import { Drawing, LEFT, RIGHT, TIMES_ROW, TITLE_ROW } from './drawing.js';
import { fix, timeScale } from './scale.js';

export class Chart {
  #tops = [];
  #height = 0;
  #width = 0;
  #history = null;
  #full = false;
  #cursor = null;

  /** @param moved called with the end of the pane that is pointed at, or null */
  constructor(panels, moved) {
    this.panels = panels;
    this.moved = moved;
    for (const panel of panels) {
      this.#tops.push(this.#height + TITLE_ROW);
      this.#height += TITLE_ROW + panel.height;
    }
    this.node = shape('svg', {
      class: 'chart',
      height: this.#height + TIMES_ROW,
      role: 'img',
      tabindex: 0,
      'aria-label': 'Chart, no panes yet',
    });
    this.node.addEventListener('pointermove', (event) => this.#pointAt(event));
    this.node.addEventListener('pointerdown', (event) => this.#pointAt(event));
    this.node.addEventListener('pointerleave', () => this.moved(null));
    this.node.addEventListener('blur', () => this.moved(null));
    this.node.addEventListener('keydown', (event) => this.#step(event));
    new ResizeObserver(() => {
      const width = Math.floor(this.node.getBoundingClientRect().width);
      if (width > 0 && width !== this.#width) {
        this.#width = width;
        this.#draw();
      }
    }).observe(this.node);
  }

  show(history, label) {
    this.#history = history;
    set(this.node, { 'aria-label': `${label} Arrow keys step through the panes.` });
    this.#draw();
  }

  onFullScale(full) {
    if (this.#full !== full) {
      this.#full = full;
      this.#draw();
    }
  }

  /** Puts the cursor at a pane, or takes it away. */
  pointTo(paneEnd) {
    this.#cursor = paneEnd;
    this.#drawCursor();
  }

  get #drawable() {
    return this.#history !== null && this.#history.paneEnd.length > 0 && this.#width > 0;
  }

  get #right() {
    return this.#width - RIGHT;
  }

  get #x() {
    return timeScale(this.#history.paneEnd, LEFT, this.#right);
  }

  #pointAt(event) {
    if (!this.#drawable) {
      return;
    }
    const at = event.clientX - this.node.getBoundingClientRect().left;
    const x = this.#x;
    const ends = this.#history.paneEnd;
    const away = (end) => Math.abs(x(end) - at);
    this.moved(ends.reduce((best, end) => (away(end) <= away(best) ? end : best), ends[0]));
  }

  #step(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this.#drawable) {
      return;
    }
    event.preventDefault();
    const ends = this.#history.paneEnd;
    const at = this.#cursor === null ? ends.length : ends.indexOf(this.#cursor);
    this.moved(ends[Math.min(ends.length - 1, Math.max(0, at + step))]);
  }

  #draw() {
    if (!this.#drawable) {
      return;
    }
    const drawing = new Drawing(this.#history, this.#x, this.#right);
    this.panels.forEach((panel, i) => drawing.panel(panel, this.#tops[i], this.#full));
    drawing.times(this.#height + 15);
    drawing.changes(this.#tops[0], this.#height);
    this.node.replaceChildren(...drawing.parts, shape('path', { class: 'cursor', d: '' }), ...drawing.texts);
    this.#drawCursor();
  }

  #drawCursor() {
    const line = this.node.querySelector('.cursor');
    if (!line || !this.#drawable) {
      return;
    }
    const here = this.#cursor !== null && this.#history.paneEnd.includes(this.#cursor);
    const at = here ? fix(this.#x(this.#cursor)) : 0;
    set(line, { d: here ? `M${at} ${this.#tops[0]}V${this.#height}` : '' });
  }
}
