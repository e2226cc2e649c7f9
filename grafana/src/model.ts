import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import {board, finished, labelOf, marks, row} from './board';
import {colours} from './colours';
import {
  column,
  dashedThreshold,
  dashes,
  drawn,
  lines,
  link,
  lowerEnd,
  note,
  now,
  number,
  pointsOnly,
  range,
  rows,
  states,
  steps,
  upperEnd,
} from './panels';
import {gauge, series, verdict} from './promql';
import {nameMapping, stateOf} from './verdicts';

const version = 'model="$model",version="$version",reference="$reference"';
const chosen = `${version},slice=~"$slice"`;
const of = (metric: string): string => gauge(metric, chosen);

const noBaseline = 'no armed baseline in this time';
const noScores = 'no scores of this series in this time';

/** The lines that a figure has for a known reason: its null, or what it was on the baseline. */
const mark = (panel: timeseries.PanelBuilder, value: number): timeseries.PanelBuilder =>
  panel.thresholds(steps([null, colours.blue], [value, colours.grey])).thresholdsStyle(dashedThreshold());

const top = [
  number({
    title: 'Verdict',
    description: 'What is said of this series now. It opens the runbook.',
    unit: 'short',
    empty: 'no scores',
  })
    .withTarget(now('A', `${verdict(chosen)} == 1`, '{{verdict}}'))
    .textMode(common.BigValueTextMode.Name)
    .colorMode(common.BigValueColorMode.None)
    .dataLinks([link('Runbook', '/d/parallax-runbook-${__field.labels.verdict}')]),
  number({
    title: 'Evidence over its threshold',
    description: 'How sure: evidence less its threshold, both log10. From 0 the model is flagged; at -1 it takes ten times more.',
    unit: 'short',
    empty: 'no baseline',
  })
    .withTarget(now('A', `${of('parallax_evidence_log10')} - ${of('parallax_evidence_threshold_log10')}`))
    .decimals(1)
    .thresholds(steps([null, colours.green], [-1, colours.orange], [0, colours.vermillion])),
  number({
    title: 'Residual over its baseline',
    description: 'How badly the map that was learnt on the baseline predicts the vectors of today, over how badly it did then. 1 is as it was.',
    unit: 'short',
    empty: 'no baseline',
  })
    .withTarget(now('A', of('parallax_translation_residual_ratio')))
    .decimals(2)
    .thresholds(steps([null, colours.green], [1.05, colours.orange], [1.5, colours.vermillion])),
  number({
    title: 'Rolling CKA',
    description: 'Similarity of the geometry to that of the reference, over the window. Its height means little, a change of it does.',
    unit: 'short',
    empty: 'no scores',
  })
    .withTarget(now('A', of('parallax_cka_ratio')))
    .decimals(3)
    .thresholds(steps([null, colours.blue])),
  number({
    title: 'Pairs in the window',
    description: 'What the figures of the window rest on.',
    unit: 'short',
    empty: 'no scores',
  })
    .withTarget(now('A', of('parallax_window_pairs')))
    .decimals(0)
    .thresholds(steps([null, colours.blue])),
  number({
    title: 'Baseline',
    description: 'The baseline that the verdict rests on, by its id.',
    unit: 'short',
    empty: 'not armed yet',
  })
    .withTarget(now('A', `max by (baseline) (parallax_baseline_info{${chosen}})`, '{{baseline}}'))
    .textMode(common.BigValueTextMode.Name)
    .colorMode(common.BigValueColorMode.None),
];

const cka = lines({
  title: 'Rolling CKA with its 95% interval, and that of single panes',
  description:
    'Debiased CKA of the window (line), its 95% interval (band) and that of each pane alone (points). 1 is the same geometry, 0 (dashed) is what unrelated spaces have on average; it can lie below. A step of the points before the line follows is a real change; a wide band is little data. It does not see rotations.',
  unit: 'short',
  empty: noScores,
})
  .withTarget(range('A', of('parallax_cka_lower_ratio'), 'lower'))
  .withTarget(range('B', of('parallax_cka_upper_ratio'), 'upper'))
  .withTarget(range('C', of('parallax_cka_ratio'), 'rolling CKA'))
  .withTarget(range('D', of('parallax_pane_cka_ratio'), 'CKA of a pane'))
  .overrideByName('lower', lowerEnd)
  .overrideByName('upper', upperEnd('lower'))
  .overrideByName('rolling CKA', drawn(colours.blue))
  .overrideByName('CKA of a pane', drawn(colours.orange, ...pointsOnly))
  .min(-0.1)
  .max(1)
  .decimals(3)
  .span(12)
  .height(9);
mark(cka, 0);

const evidence = lines({
  title: 'Evidence against its threshold',
  description:
    'Evidence of the sequential test against the baseline, and what it takes to flag the model, both log10. The threshold moves with the number of models and with how many are flagged at once. The model pages on the mean evidence of its series, so one slice may cross alone.',
  unit: 'short',
  empty: noBaseline,
})
  .withTarget(range('A', of('parallax_evidence_log10'), 'evidence'))
  .withTarget(range('B', of('parallax_evidence_threshold_log10'), 'threshold'))
  .overrideByName('evidence', drawn(colours.blue))
  .overrideByName('threshold', drawn(colours.vermillion, dashes))
  .decimals(1)
  .axisLabel('log10')
  .span(12)
  .height(9);

const residual = mark(
  lines({
    title: 'The model: translation residual over its baseline',
    description:
      'Stratified by regions of the reference space that were frozen with the baseline, so that another mix of traffic does not move it. 1 (dashed) is as on the baseline. It sees rotations, swaps and wrong pooling. It rises while the traffic beside it lies flat: the model moved.',
    unit: 'short',
    empty: noBaseline,
  })
    .withTarget(range('A', of('parallax_translation_residual_ratio'), 'residual'))
    .overrideByName('residual', drawn(colours.vermillion))
    .decimals(2)
    .axisSoftMin(0.8)
    .axisSoftMax(1.5)
    .span(12)
    .height(8),
  1,
);

const traffic = mark(
  lines({
    title: 'The traffic: MMD² of the reference vectors',
    description:
      'How far the inputs are from those of the baseline, seen in the reference space alone, where the model has no say. 0 (dashed) is as on the baseline, below 0 is noise. It rises while the residual beside it lies flat: the inputs moved, the model did not.',
    unit: 'short',
    empty: noBaseline,
  })
    .withTarget(range('A', of('parallax_traffic_mmd'), 'MMD²'))
    .overrideByName('MMD²', drawn(colours.sky))
    .decimals(4)
    .axisSoftMin(-0.002)
    .axisSoftMax(0.02)
    .span(12)
    .height(8),
  0,
);

const timeline = states({
  title: 'Verdict over time, of all traffic and of each slice',
  description: 'The verdicts of this version, with their names in the bars. The first line is all traffic.',
  unit: 'short',
  empty: noScores,
})
  .withTarget(range('A', stateOf(version), 'all traffic {{slice}}'))
  .span(12)
  .height(7);

const pairs = lines({
  title: 'The traffic: pairs in the window',
  description: 'Pairs that the rolling figures rest on. A drop is less traffic, missing references, or a window that has just begun.',
  unit: 'short',
  empty: noScores,
})
  .withTarget(range('A', of('parallax_window_pairs'), 'pairs'))
  .overrideByName('pairs', drawn(colours.sky))
  .min(0)
  .decimals(0)
  .span(12)
  .height(7);

const companion = (title: string, metric: string, name: string, description: string): timeseries.PanelBuilder =>
  lines({title, description, unit: 'short', empty: noBaseline})
    .withTarget(range('A', of(metric), name))
    .overrideByName(name, drawn(colours.blue))
    .decimals(3)
    .span(12)
    .height(7);

const companions = [
  mark(
    companion(
      'Neighbours: mutual 10-NN',
      'parallax_mutual_knn_ratio',
      'neighbours shared',
      'Who is near whom: the share of the ten nearest neighbours that live and reference space have in common, less chance. Null: 0 (dashed). It falls when local order is lost, which CKA can hide.',
    )
      .min(-0.1)
      .max(1),
    0,
  ),
  companion(
    'Shape: Procrustes similarity',
    'parallax_procrustes_ratio',
    'Procrustes',
    'How well one space can be turned onto the other. Null: not 0 but high where pairs are few against the width (0.96 at 64 pairs of 384 dimensions, 0.23 at 400 of 32), so read its change, not its height.',
  )
    .min(0)
    .max(1),
  mark(
    companion(
      'Directions: overlap with the leading ones of the baseline',
      'parallax_subspace_overlap_ratio',
      'overlap',
      'Share of the leading directions of the live vectors that are those of the baseline. Null: number of directions over the width, close to 0 (dashed). It falls when the space is turned or other features dominate.',
    )
      .min(0)
      .max(1),
    0,
  ),
  companion(
    'Dimensions: effective rank',
    'parallax_effective_rank',
    'effective rank',
    'How many dimensions the vectors use. Null: none, compare with its own past; at most the number of pairs and the width. A fall to a third is a collapse.',
  )
    .min(0)
    .decimals(1),
];

const slices = [
  lines({
    title: 'Residual of each slice, over its baseline',
    description: 'A fault may hit one tenant or one language and drown in the whole. 1 (dashed) is as on the baseline of that slice.',
    unit: 'short',
    empty: 'no slices: monitor.slices names none, or none has enough pairs',
  })
    .withTarget(range('A', gauge('parallax_translation_residual_ratio', `${version},slice!=""`), '{{slice}}'))
    .thresholds(steps([null, colours.blue], [1, colours.grey]))
    .thresholdsStyle(dashedThreshold())
    .decimals(2)
    .axisSoftMin(0.8)
    .axisSoftMax(1.5)
    .span(12)
    .height(8),
  rows({
    title: 'Slices now',
    description: 'Verdict, evidence and pairs of each slice. The unit that pages is the model and version, on the mean of its series.',
    unit: 'short',
    empty: 'no slices: monitor.slices names none, or none has enough pairs',
  })
    .withTarget(column('verdict', `${verdict(`${version},slice!=""`)} == 1`))
    .withTarget(column('evidence', gauge('parallax_evidence_log10', `${version},slice!=""`)))
    .withTarget(column('residual', gauge('parallax_translation_residual_ratio', `${version},slice!=""`)))
    .withTarget(column('cka', gauge('parallax_cka_ratio', `${version},slice!=""`)))
    .withTarget(column('pairs', gauge('parallax_window_pairs', `${version},slice!=""`)))
    .withTransformation({id: 'merge', options: {}})
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: {Time: true, model: true, version: true, reference: true, 'Value #verdict': true},
        includeByName: {},
        indexByName: {slice: 0, verdict: 1},
        renameByName: {
          slice: 'Slice',
          verdict: 'Verdict',
          'Value #evidence': 'Evidence, log10',
          'Value #residual': 'Residual',
          'Value #cka': 'CKA',
          'Value #pairs': 'Pairs',
        },
      },
    })
    .overrideByName('Verdict', [
      {id: 'mappings', value: [nameMapping]},
      {id: 'custom.cellOptions', value: {type: 'color-background', mode: 'basic'}},
    ])
    .overrideByRegexp('/Evidence|Residual|CKA/', [{id: 'decimals', value: 2}])
    .span(12)
    .height(8),
];

const probes = [
  companion(
    'Probes: smallest cosine with the baseline',
    'parallax_probe_cosine_min_ratio',
    'smallest cosine',
    'The same inputs sent again and again: how far the worst of them is from its own vector on the baseline. 1 is the same vector. It sees a turned space at once, without traffic.',
  )
    .noValue('no probes are sent: see parallax probe')
    .min(-1)
    .max(1)
    .decimals(4),
  mark(
    companion(
      'Probes: rotation',
      'parallax_rotation_ratio',
      'rotation',
      'How far the space of the probes was turned: 0 (dashed) not at all, about 1 a random rotation, 2 everything the other way round.',
    )
      .noValue('no probes are sent: see parallax probe')
      .min(0)
      .max(2),
    0,
  ),
];

const armed = rows({
  title: 'Versions and baselines of this model',
  description: 'Every version and reference of the model that is scored now, the baseline that each rests on, and when that baseline was armed (event time).',
  unit: 'short',
  empty: 'no armed baseline',
})
  .withTarget(column('baseline', `max by (${series}, baseline) (parallax_baseline_info{model="$model"})`))
  .withTarget(column('armed', `1000 * ${gauge('parallax_baseline_armed_timestamp_seconds', 'model="$model"')}`))
  .withTransformation({id: 'merge', options: {}})
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true, model: true, 'Value #baseline': true},
      includeByName: {},
      indexByName: {version: 0, reference: 1, slice: 2, baseline: 3},
      renameByName: {
        version: 'Version',
        reference: 'Reference',
        slice: 'Slice',
        baseline: 'Baseline',
        'Value #armed': 'Armed',
      },
    },
  })
  .overrideByName('Armed', [{id: 'unit', value: 'dateTimeAsIso'}])
  .span(24)
  .height(6);

const words = note(
  'How to read this board',
  [
    '**Model or traffic?** Residual and MMD² stand beside each other. Only the residual rises: the model moved. Only MMD² rises: the inputs moved, and the verdict is traffic-shift at most. Both: inputs were allowed for before the evidence was counted, so an alarm still means the model.',
    '',
    '**What kind of change?** Residual up, CKA and neighbours steady: the space was turned or scaled (rotated); stored vectors are useless although everything looks similar. Residual up, CKA down: other geometry (diverged). Effective rank down: collapsed. CKA down by a share that the residual confirms, everything else steady: answers of other inputs (pairing-fault).',
    '',
    '**How sure?** Evidence against its threshold is the only figure with a stated error rate; everything else explains. The band of CKA says how much of its movement is noise.',
    '',
    '**Marks on the time axis**: a baseline that was armed, a version that appeared, alerts that fired. A figure that cannot be stated has a gap, never a zero.',
  ].join('\n'),
)
  .span(24)
  .height(9);

const built = board('parallax-model', 'Parallax · Model', 'One model: did it move, how sure are we, and was it the model or the traffic?', 'now-24h')
  .withVariable(labelOf('model', 'Model', 'label_values(parallax_window_end_timestamp_seconds, model)'))
  .withVariable(
    labelOf('version', 'Version', 'label_values(parallax_window_end_timestamp_seconds{model="$model"}, version)').sort(
      dashboard.VariableSort.NaturalDesc,
    ),
  )
  .withVariable(
    labelOf(
      'reference',
      'Reference',
      'label_values(parallax_window_end_timestamp_seconds{model="$model",version="$version"}, reference)',
    ),
  )
  .withVariable(
    labelOf(
      'slice',
      'Slice (All: all traffic)',
      `label_values(parallax_window_end_timestamp_seconds{${version},slice!=""}, slice)`,
    )
      .includeAll(true)
      .allValue('^$')
      .current({selected: true, text: 'All', value: '$__all'}),
  );

const armedAt = `1000 * ${gauge('parallax_baseline_armed_timestamp_seconds', chosen)}`;
const appeared =
  'count by (version) (parallax_window_end_timestamp_seconds{model="$model"}) unless count by (version) (parallax_window_end_timestamp_seconds{model="$model"} offset 10m)';
const fired = 'max by (alertname, version, verdict) (ALERTS{alertstate="firing",model="$model"})';
built
  .annotation(marks('Baseline armed', colours.green, range('Anno', armedAt, ''), '{{version}} {{slice}}').useValueForTime(true))
  .annotation(marks('Version appeared', colours.purple, range('Anno', appeared, ''), '{{version}}'))
  .annotation(marks('Alert', colours.vermillion, range('Anno', fired, ''), '{{alertname}} {{version}}').tagKeys('alertname,version'));

top.forEach((panel) => built.withPanel(panel));
built
  .withPanel(cka)
  .withPanel(evidence)
  .withPanel(residual)
  .withPanel(traffic)
  .withPanel(timeline)
  .withPanel(pairs)
  .withRow(row('What kind of change: companions, with what chance would give'));
companions.forEach((panel) => built.withPanel(panel));
built.withRow(row('Slices'));
slices.forEach((panel) => built.withPanel(panel));
built.withRow(row('Probes: the same inputs again and again'));
probes.forEach((panel) => built.withPanel(panel));
built.withRow(row('Versions, baselines, and how to read this')).withPanel(armed).withPanel(words);

export const model = finished(built);
