/** The labels of a series. */
export const series = 'model, version, reference, slice';

/** Shadows of drills are nobody's model; their alarms are shown apart. */
export const withoutDrills = 'model!~"drill[.].+"';

/**
 * A gauge of series. The max drops what names the process that was scraped, so that two exporters for the same fleet, or one that moved,
 * do not show a series twice.
 */
export const gauge = (metric: string, matchers: string, at = ''): string =>
  `max by (${series}) (${metric}{${matchers}}${at})`;

/** The verdicts that hold now, each with its name as a label. */
export const verdict = (matchers: string): string =>
  `max by (${series}, verdict) (parallax_verdict{${matchers}})`;

/** The p-quantile of a classic histogram without labels. */
export const quantile = (p: number, histogram: string): string =>
  `histogram_quantile(${p}, sum by (le) (rate(${histogram}_bucket[$__rate_interval])))`;

/** Joins of tables need the column even where every series is one of all traffic. */
export const withSlice = (expr: string): string => `label_replace(${expr}, "slice", "All", "slice", "")`;
