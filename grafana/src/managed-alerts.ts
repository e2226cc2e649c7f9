import {stringify} from 'yaml';
import type {Dashboard} from '@grafana/grafana-foundation-sdk/dashboard';
import {fleet} from './fleet';
import {pipeline} from './pipeline';
import {groups, runbookOfAlert, type Rule} from './runbooks';

const datasource = 'parallax-prometheus';
const expression = {type: '__expr__', uid: '__expr__'};

/**
 * The same template without `$`. In texts of these files it begins the name of an environment variable, in some versions of Grafana only
 * with a brace, and in the models of queries never; what has none is right everywhere. The value of a firing series is
 * that of the query, not the 1 of the condition.
 */
const template = (text: string): string => {
  const rewritten = text
    .replace(/\$labels\b/g, '.Labels')
    .replace(/\$value\b/g, '.Values.query.Value')
    .trim();
  const withinBlocks = [...rewritten.matchAll(/{{-?\s*(?:with|range)\b.*?}}(.*?){{-?\s*end/gs)].map((block) => block[1] ?? '');
  if (rewritten.includes('$') || withinBlocks.some((block) => /\.(Labels|Values)\b/.test(block))) {
    throw new Error(`${text}: expected only $labels and $value, and neither within with or range, where the dot is another`);
  }
  return rewritten;
};

/** Names such as model-diverged; Grafana allows 40 characters. */
const uid = (alert: string): string => `parallax-${alert.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()}`;

const texts = (map: Record<string, string> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(map ?? {}).map(([name, text]) => [name, template(text)]));

/** The panel that shows what an alert is about. */
const shownBy = (board: Dashboard, title: string): {dashboardUid: string; panelId: number} => {
  const panel = (board.panels ?? []).find((each) => each.title === title);
  if (board.uid === undefined || panel?.id === undefined) {
    throw new Error(`${board.title}: no panel is called ${title}`);
  }
  return {dashboardUid: board.uid, panelId: panel.id};
};

const ofModels = shownBy(fleet, 'Which model, how sure, what to do');
const ofPipeline = shownBy(pipeline, 'Every event is accounted for');

/** A series that the query returns is a series that fires, whatever its value, as in Prometheus. */
const managed = (rule: Rule & {alert: string}) => ({
  uid: uid(rule.alert),
  title: rule.alert,
  condition: 'fires',
  data: [
    {
      refId: 'query',
      relativeTimeRange: {from: 600, to: 0},
      datasourceUid: datasource,
      model: {
        datasource: {type: 'prometheus', uid: datasource},
        editorMode: 'code',
        expr: rule.expr.trim(),
        instant: true,
        range: false,
        refId: 'query',
      },
    },
    {
      refId: 'present',
      datasourceUid: '__expr__',
      model: {
        datasource: expression,
        type: 'math',
        expression: 'is_number($query) || is_nan($query) || is_inf($query)',
        refId: 'present',
      },
    },
    {
      refId: 'fires',
      datasourceUid: '__expr__',
      model: {
        datasource: expression,
        type: 'threshold',
        expression: 'present',
        conditions: [{evaluator: {type: 'gt', params: [0]}}],
        refId: 'fires',
      },
    },
  ],
  noDataState: 'OK',
  execErrState: 'Error',
  ...(/ingest|flink_|up{/.test(rule.expr) ? ofPipeline : ofModels),
  for: rule.for ?? '0s',
  ...(rule.keep_firing_for === undefined ? {} : {keepFiringFor: rule.keep_firing_for}),
  labels: texts(rule.labels),
  annotations: {
    ...texts(rule.annotations),
    runbook_url: `/d/parallax-runbook-${runbookOfAlert[rule.alert]}`,
  },
  isPaused: false,
});

const heading = `# The alerts of grafana/prometheus/rules for Grafana's own alerting, made from them by \`npm run generate\`: do not edit.
# Not loaded unless this folder is mounted; see docs/dashboards.md. Recording rules stay with Prometheus.
`;

export const managedAlerts =
  heading +
  stringify(
    {
      apiVersion: 1,
      groups: groups
        .map((group) => ({
          orgId: 1,
          name: group.name,
          folder: 'Parallax',
          interval: group.interval ?? '1m',
          rules: group.rules
            .filter((rule): rule is Rule & {alert: string} => rule.alert !== undefined)
            .map(managed),
        }))
        .filter((group) => group.rules.length > 0),
    },
    {lineWidth: 0, aliasDuplicateObjects: false},
  );
