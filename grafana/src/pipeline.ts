import * as common from '@grafana/grafana-foundation-sdk/common';
import {board, finished, row} from './board';
import {colours} from './colours';
import {coloured, column, dashes, drawn, lines, link, note, now, number, range, rows, steps} from './panels';
import {quantile} from './promql';

const nothing = 'nothing was scraped in this time';
const flinkAbsent = 'no metrics of the job: is parallax-job scraped?';

const accepted = 'sum(increase(parallax_ingest_records_total{outcome="accepted"}[$__range]))';
const finishedEvents = 'sum(increase(parallax_events_total[$__range]))';

const top = [
  number({
    title: 'Targets down',
    description: 'Processes of Parallax that Prometheus cannot scrape now. What they would say is missing from every board.',
    unit: 'short',
    empty: 'no target of Parallax is scraped',
  })
    .withTarget(now('A', 'sum(1 - up{job=~"parallax-.+"})'))
    .colorMode(common.BigValueColorMode.Background)
    .thresholds(steps([null, colours.green], [1, colours.vermillion])),
  number({
    title: 'Brokers answer',
    description: 'Whether the exporter reaches Kafka. At 0 every figure of models is frozen.',
    unit: 'bool_yes_no',
    empty: 'no exporter is scraped',
  })
    .withTarget(now('A', 'min(parallax_exporter_connected)'))
    .thresholds(steps([null, colours.vermillion], [1, colours.green])),
  number({
    title: 'Ingest is behind by',
    description: 'Records between the position of ingest and the end of its source topics, of all sources.',
    unit: 'short',
    empty: 'ingest states no lag',
  })
    .withTarget(now('A', 'sum(max by (source) (parallax_ingest_lag_records))'))
    .decimals(0)
    .thresholds(steps([null, colours.green], [10_000, colours.orange], [100_000, colours.vermillion]))
    .dataLinks([link('Runbook', '/d/parallax-runbook-ingest-lag')]),
  number({
    title: 'Records turned away',
    description: 'Share of the records that ingest rejected in the time shown. Above 1% the alert RejectsHigh fires.',
    unit: 'percentunit',
    empty: 'no records in this time',
  })
    .withTarget(
      now(
        'A',
        'sum(increase(parallax_ingest_rejected_total[$__range])) / sum(increase(parallax_ingest_records_total[$__range]))',
      ),
    )
    .decimals(2)
    .thresholds(steps([null, colours.green], [0.001, colours.orange], [0.01, colours.vermillion]))
    .dataLinks([link('Runbook', '/d/parallax-runbook-rejects-high')]),
  number({
    title: 'Series shown',
    description: 'Series that have metrics now. Those beyond exporter.max-series are scored, and not shown.',
    unit: 'short',
    empty: 'no exporter is scraped',
  })
    .withTarget(now('A', 'max(parallax_series)'))
    .decimals(0)
    .thresholds(steps([null, colours.blue])),
  number({
    title: 'Restarts of the job',
    description: 'How often Flink restarted the job in the time shown.',
    unit: 'short',
    empty: flinkAbsent,
  })
    .withTarget(now('A', 'sum(increase(flink_jobmanager_job_numRestarts[$__range]))'))
    .decimals(0)
    .thresholds(steps([null, colours.green], [1, colours.orange], [5, colours.vermillion]))
    .dataLinks([link('Runbook', '/d/parallax-runbook-job-unhealthy')]),
];

const identity = coloured(
  lines({
    title: 'Every event is accounted for',
    description:
      'Events that ingest accepted, and what became of them once their pane had closed. Solid lines add up to the dashed one, a pane and its lateness later. An event that is compared with several references counts once.',
    unit: 'cps',
    empty: nothing,
  })
    .withTarget(range('A', 'sum(rate(parallax_ingest_records_total{outcome="accepted"}[$__rate_interval]))', 'accepted by ingest'))
    .withTarget(range('B', 'sum by (outcome) (rate(parallax_events_total[$__rate_interval]))', '{{outcome}}'))
    .min(0)
    .span(14)
    .height(9),
  'scored',
  'duplicate',
  'sampled_out',
  'unmatched',
  'rejected',
).overrideByName('accepted by ingest', drawn(colours.grey, dashes));
identity.overrideByName('late', drawn(colours.yellow));

const balance = rows({
  title: 'In the time shown',
  description:
    'The same as numbers. What is left is in panes that are still open, in the part of a checkpoint that is not visible yet, or was accepted outside the time shown; over a long time it is a small share.',
  unit: 'short',
  empty: nothing,
})
  .withTarget(
    column(
      'A',
      `label_replace(${accepted}, "events", "accepted by ingest", "", "") or label_replace(sum by (outcome) (increase(parallax_events_total[$__range])), "events", "$1", "outcome", "(.+)") or label_replace(${accepted} - ${finishedEvents}, "events", "not finished yet", "", "")`,
    ),
  )
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true, outcome: true},
      includeByName: {},
      indexByName: {events: 0, Value: 1},
      renameByName: {events: 'Events', Value: 'Number'},
    },
  })
  .decimals(0)
  .span(10)
  .height(9);

const records = lines({
  title: 'Records at ingest, by outcome',
  description: 'What became of the records of the source topics, of all sources. Left out are those that `only` of a source leaves out; opened ones are counted call by call.',
  unit: 'cps',
  empty: nothing,
})
  .withTarget(range('A', 'sum by (outcome) (rate(parallax_ingest_records_total[$__rate_interval]))', '{{outcome}}'))
  .min(0)
  .span(12)
  .height(8);
coloured(records, 'accepted', 'duplicate', 'opened', 'left_out', 'rejected');

const rejects = lines({
  title: 'Rejected at ingest, by reason',
  description: 'Records and calls that ingest turned away, by source and reason, of those reasons that occur. Each is among the dead letters with its bytes: parallax dead-letters list.',
  unit: 'cps',
  empty: 'nothing was turned away in this time',
})
  .withTarget(
    range(
      'A',
      'sum by (source, reason) (rate(parallax_ingest_rejected_total[$__rate_interval])) and sum by (source, reason) (parallax_ingest_rejected_total) > 0',
      '{{source}} {{reason}}',
    ),
  )
  .min(0)
  .span(12)
  .height(8);

const lag = lines({
  title: 'Ingest lag, by source',
  description: 'Records between the position of ingest and the end of its source topics. It should return to near 0 after every burst; one that only grows is a process that is too slow or has stopped.',
  unit: 'short',
  empty: 'ingest states no lag',
})
  .withTarget(range('A', 'max by (source) (parallax_ingest_lag_records)', '{{source}}'))
  .min(0)
  .decimals(0)
  .span(12)
  .height(8);

const pairing = lines({
  title: 'Wait for the other half of a call',
  description: 'How long the first half of a call waited for the second, of sources whose calls come in halves. Near the configured wait many halves never meet.',
  unit: 's',
  empty: 'no source has calls in halves',
})
  .withTarget(
    range(
      'A',
      'histogram_quantile(0.5, sum by (le, source) (rate(parallax_ingest_pairing_wait_seconds_bucket[$__rate_interval])))',
      '{{source}} half of them',
    ),
  )
  .withTarget(
    range(
      'B',
      'histogram_quantile(0.99, sum by (le, source) (rate(parallax_ingest_pairing_wait_seconds_bucket[$__rate_interval])))',
      '{{source}} 99 of 100',
    ),
  )
  .min(0)
  .span(12)
  .height(8);

const latency = (title: string, histogram: string, description: string) =>
  coloured(
    lines({title, description, unit: 's', empty: 'the job does not run in the process of the exporter, or had no batch'})
      .withTarget(range('A', quantile(0.5, histogram), 'half of them'))
      .withTarget(range('B', quantile(0.95, histogram), '95 of 100'))
      .withTarget(range('C', quantile(0.99, histogram), '99 of 100'))
      .min(0)
      .span(12)
      .height(8),
    'half of them',
    '95 of 100',
    '99 of 100',
  );

const encode = latency(
  'Time to encode a batch of reference vectors',
  'parallax_encode_batch_seconds',
  'The expensive step. A jump by a factor of ten and more is a device that was lost: see where scores are computed, below.',
);
const score = latency('Time to score a batch of panes', 'parallax_score_batch_seconds', 'HSIC, companions and residuals of many panes in one graph.');

const seriesShown = lines({
  title: 'Series shown, and dropped',
  description: 'Series with metrics, and those without: stopped (retention) or beyond exporter.max-series (limit). What the limit hides is scored and can alarm, but not here.',
  unit: 'short',
  empty: nothing,
})
  .withTarget(range('A', 'max(parallax_series)', 'shown'))
  .withTarget(range('B', 'sum by (reason) (increase(parallax_series_dropped_total[$__range]))', 'dropped: {{reason}}'))
  .min(0)
  .decimals(0)
  .span(12)
  .height(8);
coloured(seriesShown, 'shown', 'dropped: limit', 'dropped: retention');

const exporter = lines({
  title: 'Scores and alerts that the exporter read',
  description: 'Records of the scores and alerts topics by outcome. Malformed ones point to another version of the job; hidden ones belong to series beyond exporter.max-series.',
  unit: 'cps',
  empty: nothing,
})
  .withTarget(range('A', 'sum by (topic, outcome) (rate(parallax_exporter_records_total[$__rate_interval])) and sum by (topic, outcome) (parallax_exporter_records_total) > 0', '{{topic}} {{outcome}}'))
  .min(0)
  .span(12)
  .height(8);

const behind = lines({
  title: 'Newest pane behind the wall clock',
  description: 'How old the newest pane is, by model: one pane and its lateness when all is well. It is event time against the wall clock, so meaningless in demos and replays.',
  unit: 's',
  empty: nothing,
})
  .withTarget(range('A', 'time() - max by (model) (parallax_window_end_timestamp_seconds{slice="",model!~"drill[.].+"})', '{{model}}'))
  .span(12)
  .height(8);

const checkpoints = lines({
  title: 'Checkpoints: how long they take',
  description: 'Duration of the newest checkpoint. Scores and alerts become visible with a checkpoint, so this is part of how late an alarm is.',
  unit: 'ms',
  empty: flinkAbsent,
})
  .withTarget(range('A', 'max by (job_name) (flink_jobmanager_job_lastCheckpointDuration)', '{{job_name}}'))
  .min(0)
  .span(8)
  .height(8);

const state = lines({
  title: 'Checkpoints: size of the state',
  description: 'Size of the newest checkpoint. It grows with the number of series, and not with traffic.',
  unit: 'bytes',
  empty: flinkAbsent,
})
  .withTarget(range('A', 'max by (job_name) (flink_jobmanager_job_lastCheckpointSize)', '{{job_name}}'))
  .min(0)
  .span(8)
  .height(8);

const failed = lines({
  title: 'Checkpoints that failed, and restarts',
  description: 'Since the job started. Either one that goes on rising means that nothing new becomes visible.',
  unit: 'short',
  empty: flinkAbsent,
})
  .withTarget(range('A', 'sum(flink_jobmanager_job_numberOfFailedCheckpoints)', 'failed checkpoints'))
  .withTarget(range('B', 'sum(flink_jobmanager_job_numRestarts)', 'restarts'))
  .withTarget(range('C', 'sum(flink_jobmanager_numRunningJobs)', 'running jobs'))
  .min(0)
  .decimals(0)
  .span(8)
  .height(8);
coloured(failed, 'failed checkpoints', 'restarts', 'running jobs');

const pending = lines({
  title: 'Events that the job has still to read',
  description: 'Records of the events topic behind the position of the job. It should return to near 0; one that only grows is a job that is too slow.',
  unit: 'short',
  empty: flinkAbsent,
})
  .withTarget(range('A', 'sum(flink_taskmanager_job_task_operator_pendingRecords)', 'pending'))
  .min(0)
  .decimals(0)
  .span(12)
  .height(7);
coloured(pending, 'pending');

const builds = rows({
  title: 'What runs',
  description: 'Every process of Parallax that is scraped, and its version.',
  unit: 'short',
  empty: nothing,
})
  .withTarget(column('A', 'max by (job, instance, version) (parallax_build_info)'))
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true, Value: true},
      includeByName: {},
      indexByName: {job: 0, instance: 1, version: 2},
      renameByName: {job: 'Job', instance: 'Process', version: 'Version'},
    },
  })
  .span(12)
  .height(7);

const provenance = rows({
  title: 'Where scores are computed',
  description:
    'What the newest score of each series states. Scores on the same provider and instruction set are equal to the bit, else to rounding: a replay belongs on what the live scores were made on.',
  unit: 'short',
  empty: nothing,
})
  .withTarget(column('A', 'count by (provider, isa, ort) (max by (model, version, reference, provider, isa, ort) (parallax_provenance_info{slice=""}))'))
  .withTransformation({
    id: 'organize',
    options: {
      excludeByName: {Time: true},
      includeByName: {},
      indexByName: {provider: 0, isa: 1, ort: 2, Value: 3},
      renameByName: {provider: 'Provider', isa: 'Instruction set', ort: 'ONNX Runtime', Value: 'Series'},
    },
  })
  .decimals(0)
  .span(12)
  .height(7);

const words = note(
  'How to read this board',
  [
    '**From left to right as the events go**: ingest reads the source topics, the job makes scores of what ingest accepted, the exporter reads the scores. The first thing that is wrong is the cause of what follows.',
    '',
    '**Nothing is lost without a number.** Events in = scored + sampled out + duplicate + rejected + late + unmatched. Many late events: raise `monitor.lateness`, or mend a clock. Many unmatched: the reference has gaps.',
    '',
    '**CPU or GPU** is stated by every score in `provenance.provider`: here in the table of where scores are computed, and in the time of a batch.',
  ].join('\n'),
)
  .span(24)
  .height(6);

const built = board('parallax-pipeline', 'Parallax · Pipeline', 'Are events lost, late or turned away, and does every part keep up?', 'now-6h');
top.forEach((panel) => built.withPanel(panel));
built
  .withRow(row('Is anything lost?'))
  .withPanel(identity)
  .withPanel(balance)
  .withRow(row('Ingest'))
  .withPanel(records)
  .withPanel(rejects)
  .withPanel(lag)
  .withPanel(pairing)
  .withRow(row('The job'))
  .withPanel(encode)
  .withPanel(score)
  .withPanel(checkpoints)
  .withPanel(state)
  .withPanel(failed)
  .withPanel(pending)
  .withPanel(behind.height(7))
  .withRow(row('The exporter'))
  .withPanel(seriesShown)
  .withPanel(exporter)
  .withPanel(provenance)
  .withPanel(builds)
  .withPanel(words);

export const pipeline = finished(built);
