import * as common from '@grafana/grafana-foundation-sdk/common';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import {board, finished, labelOf, row} from './board';
import {colours} from './colours';
import {
  byThresholds,
  column,
  dashedThreshold,
  lines,
  link,
  note,
  now,
  number,
  range,
  rows,
  source,
  states,
  steps,
} from './panels';
import {gauge, series, verdict, withoutDrills, withSlice} from './promql';
import {runbookOfAlert} from './runbooks';
import {alarms, nameMapping, stateOf, todoMapping, unknown, warnings} from './verdicts';

const chosen = `model=~"$model",reference=~"$reference",${withoutDrills}`;
const notHealthy = `(${verdict(`verdict!="healthy",${chosen}`)} == 1)`;

const count = (verdicts: string): string => `sum(${verdict(`verdict=~"${verdicts}",${chosen}`)})`;

const nobody = 'no scores';

const counts = [
  number({
    title: 'Alarms',
    description:
      'Series whose verdict pages: diverged, rotated, collapsed, pairing-fault, reference-fault or degenerate. Shadows of drills are not counted. No number means that there are no scores at all, not that all is well.',
    unit: 'short',
    empty: nobody,
  })
    .withTarget(now('A', count(alarms)))
    .colorMode(common.BigValueColorMode.Background)
    .thresholds(steps([null, colours.green], [1, colours.vermillion])),
  number({
    title: 'Warnings',
    description: 'Series that somebody should look at in working hours: warning or traffic-shift. They promise nothing; do not page on them.',
    unit: 'short',
    empty: nobody,
  })
    .withTarget(now('A', count(warnings)))
    .thresholds(steps([null, colours.green], [1, colours.orange])),
  number({
    title: 'Not judged',
    description: 'Series of which nothing is known: warming, insufficient or silent. They are not healthy, they are unwatched.',
    unit: 'short',
    empty: nobody,
  })
    .withTarget(now('A', count(unknown)))
    .thresholds(steps([null, colours.grey], [1, colours.blue])),
  number({
    title: 'Healthy',
    description: 'Series that were tested against their baseline and of which nothing speaks against it.',
    unit: 'short',
    empty: nobody,
  })
    .withTarget(now('A', count('healthy')))
    .thresholds(steps([null, colours.green])),
  number({
    title: 'Closest to an alarm',
    description:
      'How sure: the largest evidence of any series over its threshold, in decades. At 0 and above the model is flagged; at -1 it takes ten times more.',
    unit: 'short',
    empty: 'no baseline',
  })
    .withTarget(
      now('A', `max(${gauge('parallax_evidence_log10', chosen)} - ${gauge('parallax_evidence_threshold_log10', chosen)})`),
    )
    .decimals(1)
    .thresholds(steps([null, colours.green], [-1, colours.orange], [0, colours.vermillion])),
  number({
    title: 'Can it be trusted?',
    description:
      'Share of the series whose newest score is younger than 15 minutes. Below 100% some of what this board shows is old. It compares event time with itself, so it is right in replays and demos too.',
    unit: 'percentunit',
    empty: nobody,
  })
    .withTarget(
      now(
        'A',
        `1 - (count(${gauge('parallax_window_end_timestamp_seconds', chosen)} == ${gauge('parallax_window_end_timestamp_seconds', chosen, ' offset 15m')}) or 0 * count(${gauge('parallax_window_end_timestamp_seconds', chosen)})) / count(${gauge('parallax_window_end_timestamp_seconds', chosen)})`,
      ),
    )
    .decimals(0)
    .thresholds(steps([null, colours.vermillion], [0.99, colours.orange], [1, colours.green])),
];

const ofNotHealthy = (metric: string): string => withSlice(`${gauge(metric, chosen)} and on (${series}) ${notHealthy}`);

const modelBoard =
  '/d/parallax-model?var-datasource=${datasource:percentencode}&var-model=${__data.fields.model:percentencode}&var-version=${__data.fields.version:percentencode}&var-reference=${__data.fields.reference:percentencode}&var-slice=${__data.fields.slice:percentencode}&${__url_time_range}';

/** Columns of the table in order: name in the data, heading, width, and how it is shown. */
const columns: readonly [string, string, number, dashboard.DynamicConfigValue[]][] = [
  [
    'verdict',
    'Verdict',
    130,
    [
      {id: 'mappings', value: [nameMapping]},
      {id: 'custom.cellOptions', value: {type: 'color-background', mode: 'basic'}},
    ],
  ],
  ['model', 'Model', 190, [{id: 'links', value: [{title: 'Open this series', url: modelBoard, targetBlank: false}]}]],
  ['version', 'Version', 90, []],
  [
    'todo',
    'What to do',
    320,
    [
      {id: 'mappings', value: [todoMapping]},
      {
        id: 'links',
        value: [{title: 'Runbook', url: '/d/parallax-runbook-${__data.fields.verdict:percentencode}', targetBlank: false}],
      },
    ],
  ],
  ['Value #evidence', 'Evidence, log10', 115, [{id: 'decimals', value: 1}]],
  ['Value #threshold', 'Threshold', 90, [{id: 'decimals', value: 1}]],
  ['Value #residual', 'Residual', 85, [{id: 'decimals', value: 2}]],
  ['Value #cka', 'CKA', 70, [{id: 'decimals', value: 3}]],
  ['Value #pairs', 'Pairs', 75, [{id: 'decimals', value: 0}]],
  ['reference', 'Reference', 140, []],
  ['slice', 'Slice', 90, []],
];

const moved = rows({
  title: 'Which model, how sure, what to do',
  description:
    'Every series that is not healthy. Evidence against its threshold says how sure; residual is over that of the baseline (1 = as it was); pairs say how much the figures rest on. The model opens its board, what to do opens the runbook. Slice All is all traffic.',
  unit: 'short',
  empty: 'Every series is healthy, or there are no scores: see the numbers above.',
})
  .withTarget(column('verdict', withSlice(`label_replace(${notHealthy}, "todo", "$1", "verdict", "(.+)")`)))
  .withTarget(column('evidence', ofNotHealthy('parallax_evidence_log10')))
  .withTarget(column('threshold', ofNotHealthy('parallax_evidence_threshold_log10')))
  .withTarget(column('residual', ofNotHealthy('parallax_translation_residual_ratio')))
  .withTarget(column('cka', ofNotHealthy('parallax_cka_ratio')))
  .withTarget(column('pairs', ofNotHealthy('parallax_window_pairs')))
  .withTransformation({id: 'merge', options: {}})
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true, 'Value #verdict': true},
      includeByName: {},
      indexByName: Object.fromEntries(columns.map(([name], place) => [name, place])),
      renameByName: Object.fromEntries(columns.map(([name, heading]) => [name, heading])),
    },
  })
  .sortBy([new common.TableSortByFieldStateBuilder().displayName('Evidence, log10').desc(true)])
  .span(24)
  .height(8);
for (const [, heading, width, properties] of columns) {
  moved.overrideByName(heading, [{id: 'custom.width', value: width}, ...properties]);
}

const timeline = states({
  title: 'Verdicts over time',
  description: 'The verdict of each series, with its name in the bar. Twenty series to a page.',
  unit: 'short',
  empty: 'no scores in this time',
})
  .withTarget(range('A', stateOf(chosen), '{{model}} {{version}} {{slice}}'))
  .span(24)
  .height(9);

const difference = (at: string): string =>
  `${gauge('parallax_evidence_log10', chosen, at)} - ${gauge('parallax_evidence_threshold_log10', chosen, at)}`;

const evidence = lines({
  title: 'Evidence over its threshold',
  description:
    'Evidence less its threshold, both log10, of the 20 series that are closest to an alarm at the end of the time shown. From 0 the model is flagged. A line that climbs for several panes is worth a look before it arrives.',
  unit: 'short',
  empty: 'no armed baseline in this time',
})
  .withTarget(
    range('A', `(${difference('')}) and on (${series}) topk(20, ${difference(' @ end()')})`, '{{model}} {{version}} {{slice}}'),
  )
  .decimals(1)
  .axisSoftMin(-6)
  .axisSoftMax(1)
  .axisLabel('decades over the threshold')
  .colorScheme(byThresholds())
  .gradientMode(common.GraphGradientMode.Scheme)
  .thresholds(steps([null, colours.blue], [-1, colours.orange], [0, colours.vermillion]))
  .thresholdsStyle(dashedThreshold())
  .span(14)
  .height(9);

const pages = `sum by (verdict) (increase(parallax_alerts_total{verdict=~"${alarms}"}[30d]))`;

const budget = new bargauge.PanelBuilder()
  .title('Pages in 30 days, and the budget')
  .description(
    'Alerts of verdicts that page in the last 30 days, drills left out, beside the number of false ones that the fleet was allowed to make (monitor.fleet.page-budget). More than the budget is either a real fault or a promise that does not hold. One incident counts once for each of its series.',
  )
  .unit('short')
  .noValue('no alerts are counted yet')
  .datasource(source)
  .withTarget(now('A', `sum(${pages})`, 'pages'))
  .withTarget(now('B', 'max(parallax_page_budget_per_month)', 'budget of false pages'))
  .withTarget(now('C', `${pages} > 0`, '{{verdict}}'))
  .decimals(1)
  .min(0)
  .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Fixed).fixedColor(colours.blue))
  .overrideByName('budget of false pages', [
    {id: 'color', value: {mode: dashboard.FieldColorModeId.Fixed, fixedColor: colours.green}},
  ])
  .orientation(common.VizOrientation.Horizontal)
  .displayMode(common.BarGaugeDisplayMode.Basic)
  .valueMode(common.BarGaugeValueMode.Text)
  .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
  .span(10)
  .height(9);

const firing = rows({
  title: 'Alerts that fire',
  description: 'What Prometheus fires or is about to fire now, drills among them. The name opens the runbook.',
  unit: 'short',
  empty: 'No alert fires. If the rules are not loaded, none ever will: see the board Pipeline.',
})
  .withTarget(
    column(
      'A',
      'label_replace(max by (alertname, alertstate, severity, model, version, reference, source) (ALERTS{alertname=~"' +
        Object.keys(runbookOfAlert).join('|') +
        '"}), "runbook", "$1", "alertname", "(.+)")',
    ),
  )
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true, Value: true},
      includeByName: {},
      indexByName: Object.fromEntries(
        ['alertstate', 'alertname', 'runbook', 'severity', 'model', 'version', 'reference', 'source'].map((name, place) => [name, place]),
      ),
      renameByName: {
        alertstate: 'State',
        alertname: 'Alert',
        runbook: 'Runbook',
        severity: 'Severity',
        model: 'Model',
        version: 'Version',
        reference: 'Reference',
        source: 'Source',
      },
    },
  })
  .overrideByName('Runbook', [
    {
      id: 'mappings',
      value: [
        {
          type: dashboard.MappingType.ValueToText,
          options: Object.fromEntries(
            Object.entries(runbookOfAlert).map(([alert, runbook], index) => [alert, {text: runbook, index}]),
          ),
        },
      ],
    },
    {id: 'links', value: [{title: 'Runbook', url: '/d/parallax-runbook-${__value.text}', targetBlank: false}]},
  ])
  .span(24)
  .height(7);

const drills = number({
  title: 'Drills that rang',
  description: 'Shadow series of drills whose verdict is an alarm. It should be above 0 while a drill runs, and nobody is paged.',
  unit: 'short',
  empty: 'no drill',
})
  .withTarget(now('A', `sum(${verdict(`verdict=~"${alarms}",model=~"drill[.].+"`)})`))
  .thresholds(steps([null, colours.grey], [1, colours.purple]))
  .dataLinks([link('Runbook', '/d/parallax-runbook-drill-rang')]);

const trust = lines({
  title: 'Least pairs in a window, by model',
  description:
    'Pairs of live and reference vectors that the rolling figures rest on, the least of the series of a model. With few pairs a figure is a guess, whatever it is; below monitor.baseline.min-pairs the verdict is insufficient.',
  unit: 'short',
  empty: 'no scores in this time',
})
  .withTarget(range('A', `min by (model) (${gauge('parallax_window_pairs', `${chosen},slice=""`)})`, '{{model}}'))
  .min(0)
  .span(20)
  .height(7);

const words = note(
  'How to read this board',
  [
    '**Ten seconds.** *Alarms* above 0: somebody was or will be paged; the table says which series, how sure, and what to do. *Can it be trusted?* below 100%: part of what you see is old.',
    '',
    '**What the colours mean.** Vermillion: the model. Orange: not the model, but what it is compared with or joined to. Blue: the traffic. Grey: nothing is known. Green: tested, and nothing found. The word always stands beside the colour.',
    '',
    '**How sure.** Evidence is that of a sequential test, log10. A series alone is falsely flagged at most once in 10^threshold panes on average, and the threshold of the fleet holds the page budget over all models together.',
    '',
    '**Many at once** point to the reference, to ingest or to something shared, not to each model: see reference-fault.',
  ].join('\n'),
)
  .span(24)
  .height(7);

const built = board(
  'parallax-fleet',
  'Parallax · Fleet',
  'Is any model diverging, how sure are we, can the numbers be trusted, and what is to be done?',
  'now-6h',
)
  .withVariable(
    labelOf('model', 'Model', `label_values(parallax_window_end_timestamp_seconds{${withoutDrills}}, model)`)
      .multi(true)
      .includeAll(true)
      .allValue('.+')
      .current({selected: true, text: ['All'], value: ['$__all']}),
  )
  .withVariable(
    labelOf('reference', 'Reference', 'label_values(parallax_window_end_timestamp_seconds{model=~"$model"}, reference)')
      .multi(true)
      .includeAll(true)
      .allValue('.+')
      .current({selected: true, text: ['All'], value: ['$__all']}),
  );
counts.forEach((panel) => built.withPanel(panel));
built
  .withPanel(moved)
  .withPanel(timeline)
  .withPanel(evidence)
  .withPanel(budget)
  .withPanel(firing)
  .withRow(row('Behind it'))
  .withPanel(drills)
  .withPanel(trust)
  .withPanel(words);

export const fleet = finished(built);
