import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {board, finished, labelOf, row} from './board';
import {colours} from './colours';
import {dashes, drawn, lines, note, now, number, pointsOnly, range, steps} from './panels';
import {gauge} from './promql';

const chosen = 'model="$model",version="$version",reference="$reference",slice=~"$slice"';
const compared = '(model, version, reference, slice)';
const notLoaded = 'no audit is loaded for this time: see docs/dashboards.md';

const of = (metric: string, run: string): string => `${metric}{run="${run}",${chosen}}`;
const off = (metric: string): string => `${of(metric, 'live')} - on ${compared} ${of(metric, 'replay')}`;
const panes = (expr: string): string => `count_over_time((${expr})[$__range:$__interval])`;

const both = (panel: timeseries.PanelBuilder, metric: string): timeseries.PanelBuilder =>
  panel
    .withTarget(range('A', of(metric, 'live'), 'live'))
    .withTarget(range('B', of(metric, 'replay'), 'replayed'))
    .overrideByName('live', drawn(colours.blue))
    .overrideByName('replayed', drawn(colours.orange, dashes))
    .span(12)
    .height(8);

const metrics = [
  'parallax_audit_cka_ratio',
  'parallax_audit_translation_residual_ratio',
  'parallax_audit_evidence_log10',
];

const top = [
  number({
    title: 'Panes compared',
    description: 'Points in the time shown at which both a live and a replayed score of this series are known.',
    unit: 'short',
    empty: notLoaded,
  })
    .withTarget(now('A', `sum(${panes(off('parallax_audit_cka_ratio'))})`))
    .decimals(0)
    .thresholds(steps([null, colours.blue]))
    .span(8),
  number({
    title: 'Largest difference of CKA',
    description: 'Largest difference of rolling CKA between what was said live and what the same events give when they are scored again. On the same kind of host and provider it is exactly 0.',
    unit: 'sci',
    empty: notLoaded,
  })
    .withTarget(now('A', `max(max_over_time(abs(${off('parallax_audit_cka_ratio')})[$__range:$__interval]))`))
    .colorMode(common.BigValueColorMode.Background)
    .thresholds(steps([null, colours.green], [1e-12, colours.orange], [1e-3, colours.vermillion]))
    .span(8),
  number({
    title: 'Largest difference of evidence',
    description: 'The same of the evidence, log10: what decides. On the same kind of host and provider it is exactly 0.',
    unit: 'sci',
    empty: notLoaded,
  })
    .withTarget(now('A', `max(max_over_time(abs(${off('parallax_audit_evidence_log10')})[$__range:$__interval]))`))
    .colorMode(common.BigValueColorMode.Background)
    .thresholds(steps([null, colours.green], [1e-9, colours.orange], [1e-2, colours.vermillion]))
    .span(8),
];

const cka = both(
  lines({
    title: 'Rolling CKA: live and replayed',
    description: 'What was said live, and what the same events give when they are scored again, at the end of each pane (event time). Points: what Prometheus scraped at the time, which lags behind by the lateness and the scrape.',
    unit: 'short',
    empty: notLoaded,
  }),
  'parallax_audit_cka_ratio',
)
  .withTarget(range('C', gauge('parallax_cka_ratio', chosen), 'as scraped'))
  .overrideByName('as scraped', drawn(colours.grey, ...pointsOnly))
  .min(-0.1)
  .max(1)
  .decimals(3);

const residual = both(
  lines({
    title: 'Translation residual: live and replayed',
    description: 'Stratified residual over that of the baseline. A replay that begins after the baseline was learnt has another baseline and differs here first.',
    unit: 'short',
    empty: notLoaded,
  }),
  'parallax_audit_translation_residual_ratio',
).decimals(2);

const evidence = both(
  lines({
    title: 'Evidence: live and replayed',
    description: 'Evidence of the sequential test, log10.',
    unit: 'short',
    empty: notLoaded,
  }),
  'parallax_audit_evidence_log10',
)
  .withTarget(range('C', of('parallax_audit_evidence_threshold_log10', 'live'), 'threshold'))
  .overrideByName('threshold', drawn(colours.vermillion, dashes))
  .decimals(1);

const differences = lines({
  title: 'Live less replayed',
  description: 'Difference of each figure, pane by pane. A line at exactly 0 is the proof that what was said can be computed again.',
  unit: 'sci',
  empty: notLoaded,
})
  .withTarget(range('A', off(metrics[0] as string), 'CKA'))
  .withTarget(range('B', off(metrics[1] as string), 'residual'))
  .withTarget(range('C', off(metrics[2] as string), 'evidence'))
  .overrideByName('CKA', drawn(colours.blue))
  .overrideByName('residual', drawn(colours.orange))
  .overrideByName('evidence', drawn(colours.purple))
  .span(12)
  .height(8);

const words = note(
  'How to fill and read this board',
  [
    '`parallax replay --from T --to T --openmetrics scores.om` scores history again and writes both what was said live and what comes out now, with the times of the events. Load it into a Prometheus (this one, or one for audits) that keeps that time:',
    '',
    '`promtool tsdb create-blocks-from openmetrics scores.om /prometheus`',
    '',
    'Then show the time of the replay here. The live scrape never sees replayed scores: their metrics have names of their own, `parallax_audit_…`, so no alert can fire on them.',
    '',
    '**Equal** is exactly equal on the same kind of host and provider. Differences from some pane on, in all figures: other events, late ones among them. In the residual and evidence alone: another baseline. About 1e-6 everywhere: another provider or instruction set.',
  ].join('\n'),
)
  .span(24)
  .height(9);

const built = board('parallax-audit', 'Parallax · Audit', 'Does history, scored again, give what was said live?', 'now-24h')
  .withVariable(labelOf('model', 'Model', 'label_values(parallax_audit_cka_ratio, model)'))
  .withVariable(
    labelOf('version', 'Version', 'label_values(parallax_audit_cka_ratio{model="$model"}, version)').sort(
      dashboard.VariableSort.NaturalDesc,
    ),
  )
  .withVariable(
    labelOf('reference', 'Reference', 'label_values(parallax_audit_cka_ratio{model="$model",version="$version"}, reference)'),
  )
  .withVariable(
    labelOf(
      'slice',
      'Slice (All: all traffic)',
      'label_values(parallax_audit_cka_ratio{model="$model",version="$version",reference="$reference",slice!=""}, slice)',
    )
      .includeAll(true)
      .allValue('^$')
      .current({selected: true, text: 'All', value: '$__all'}),
  );
top.forEach((panel) => built.withPanel(panel));
built
  .withPanel(cka)
  .withPanel(differences)
  .withPanel(residual)
  .withPanel(evidence)
  .withRow(row('How'))
  .withPanel(words);

export const audit = finished(built);
