// Where a value lies on an axis, and which round values an axis names.

const MINUTE = 60000;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map(
  (minutes) => minutes * MINUTE,
);
const DAY = 1440 * MINUTE;
const TICK_PIXELS = 64;

/** Rounded to a tenth of a pixel, which keeps paths short. */
export const fix = (value) => Math.round(value * 10) / 10;

/** The length of a pane: the shortest distance between two. */
export function paneMillis(ends) {
  let shortest = Infinity;
  for (let i = 1; i < ends.length; i++) {
    shortest = Math.min(shortest, ends[i] - ends[i - 1]);
  }
  return Number.isFinite(shortest) ? shortest : MINUTE;
}

/** A time axis from left to right over these pane ends. */
export function timeScale(ends, left, right) {
  const first = ends[0];
  const last = ends[ends.length - 1];
  // A series that is young is drawn from the left, as if ten panes were there.
  const span = Math.max(last - first, 9 * paneMillis(ends), 1);
  return (time) => left + ((time - first) / span) * (right - left);
}

/** The round times of a time axis up to its right end, and whether they are days. */
export function timeTicks(ends, x, right) {
  const perMillis = x(ends[0] + 1) - x(ends[0]);
  const step = TIME_STEPS.find((millis) => millis * perMillis >= TICK_PIXELS) ?? TIME_STEPS.at(-1);
  const times = [];
  for (let time = Math.ceil(ends[0] / step) * step; x(time) <= right; time += step) {
    times.push(time);
  }
  return { times, days: step >= DAY };
}

function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= raw * 0.999);
}

/**
 * An axis on round numbers around the values: at least {@code least} wide, so that noise is not
 * blown up to look like news, with at most {@code ticks} steps, and not beyond {@code ceiling}.
 */
export function niceDomain(values, { least = 0.02, ticks = 4, ceiling = Infinity } = {}) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  const room = Math.max((least - (high - low)) / 2, 0.05 * (high - low));
  low -= room;
  high = high <= ceiling ? Math.min(ceiling, high + room) : high + room;
  const step = niceStep(high - low, ticks);
  low = Math.floor(low / step + 1e-9) * step;
  high = Math.ceil(high / step - 1e-9) * step;
  return { low, high, step };
}

/** How many decimals the ticks of a step need. */
export function digitsOf(step) {
  return Math.max(0, Math.min(4, Math.ceil(-Math.log10(step) - 1e-9)));
}
