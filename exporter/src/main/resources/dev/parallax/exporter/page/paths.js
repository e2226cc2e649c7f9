// Outlines of columns of values over time. A column holds null where a figure cannot be stated; there, and where
// panes are missing, a line ends and begins anew.

import { fix, paneMillis } from './scale.js';

/** A line through the values. */
export function linePath(ends, values, x, y) {
  return runs(ends, (i) => values[i] !== null)
    .map(([from, to]) => {
      const points = [];
      for (let i = from; i < to; i++) {
        points.push(`${fix(x(ends[i]))} ${fix(y(values[i]))}`);
      }
      // A lone point between gaps still shows, through its round line cap.
      return 'M' + points.join('L') + (points.length === 1 ? 'h0' : '');
    })
    .join('');
}

/** The area between two columns. */
export function bandPath(ends, lows, highs, x, y) {
  return runs(ends, (i) => lows[i] !== null && highs[i] !== null)
    .map(([from, to]) => {
      const upper = [];
      const lower = [];
      for (let i = from; i < to; i++) {
        const at = fix(x(ends[i]));
        upper.push(`${at} ${fix(y(highs[i]))}`);
        lower.unshift(`${at} ${fix(y(lows[i]))}`);
      }
      return `M${upper.join('L')}L${lower.join('L')}Z`;
    })
    .join('');
}

/** A bar for each value, from {@code bottom} up; {@code most} is as high as {@code height}. */
export function barsPath(ends, values, x, { left, right, bottom, height, most }) {
  const wide = Math.max(1, (x(ends[0] + paneMillis(ends)) - x(ends[0])) * 0.7);
  return values
    .map((value, i) => {
      const tall = (height * value) / most;
      const from = Math.max(left, Math.min(right - wide, x(ends[i]) - wide / 2));
      return `M${fix(from)} ${bottom}v${fix(-tall)}h${fix(wide)}v${fix(tall)}Z`;
    })
    .join('');
}

/** The stretches [from, to) of neighbouring panes that are all wanted. */
function runs(ends, wanted) {
  const apart = 1.5 * paneMillis(ends);
  const found = [];
  let from = -1;
  for (let i = 0; i <= ends.length; i++) {
    const inside = i < ends.length && wanted(i);
    if (from >= 0 && (!inside || ends[i] - ends[i - 1] > apart)) {
      found.push([from, i]);
      from = -1;
    }
    if (inside && from < 0) {
      from = i;
    }
  }
  return found;
}
