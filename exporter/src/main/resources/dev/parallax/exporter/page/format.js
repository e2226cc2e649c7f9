// Numbers and times as they are written on the page. Times are event time, UTC.

export const NONE = '–';

export const whole = new Intl.NumberFormat('en-US');

export const decimals = (digits) => {
  const format = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value) => format.format(value === 0 ? 0 : value).replace('-', '\u2212');
};

export const one = decimals(1);
export const two = decimals(2);
export const three = decimals(3);
export const four = decimals(4);

/** A value in a format, or what is written where it cannot be stated. */
export const or = (value, format, otherwise = NONE) =>
  value === undefined || value === null ? otherwise : format(value);

const padded = (n) => String(n).padStart(2, '0');

export function clock(time) {
  const date = new Date(time);
  return `${padded(date.getUTCHours())}:${padded(date.getUTCMinutes())}`;
}

export function day(time) {
  return new Date(time).toISOString().slice(0, 10);
}

export const moment = (time) => `${day(time)} ${clock(time)}`;

/** RFC 3339 without the milliseconds that event times of panes never have. */
export const rfc3339 = (time) => new Date(time).toISOString().replace('.000Z', 'Z');

/** How long a wall-clock time ago, in the largest whole unit. */
export function ago(time, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - new Date(time)) / 1000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

export function intervalOf(figures) {
  return figures.ckaLow === undefined || figures.ckaHigh === undefined
    ? 'no interval'
    : `${three(figures.ckaLow)} to ${three(figures.ckaHigh)}`;
}

export function evidenceOf(figures) {
  return figures.evidenceLog10 === undefined
    ? NONE
    : `${one(figures.evidenceLog10)} of ${or(figures.thresholdLog10, one)}`;
}

/** What a series is besides its model, in one line. */
export function particulars(series) {
  return (
    `version ${series.version}` +
    (series.slice === 'probe' ? ' · probes' : series.slice ? ` · slice ${series.slice}` : '')
  );
}
