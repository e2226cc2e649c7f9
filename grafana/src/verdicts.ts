import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import {colours} from './colours';

/**
 * A verdict as the boards show it. The colour says what kind of trouble it is, and is never alone: the word stands beside it.
 */
interface Verdict {
  readonly name: string;
  readonly colour: string;
  /** What to do first, in a few words; the runbook has the rest. */
  readonly todo: string;
}

/** From calm to alarm; the place in this list is what the state timeline draws. Compare docs/verdicts.md. */
const verdicts: readonly Verdict[] = [
  {name: 'healthy', colour: colours.green, todo: 'Nothing.'},
  {name: 'warming', colour: colours.grey, todo: 'Wait: its baseline is being learnt.'},
  {name: 'insufficient', colour: colours.grey, todo: 'More traffic, or longer panes.'},
  {name: 'silent', colour: colours.grey, todo: 'Does its producer still run?'},
  {name: 'traffic-shift', colour: colours.sky, todo: 'Look at the inputs; the model did not move.'},
  {name: 'warning', colour: colours.yellow, todo: 'Wait for the evidence.'},
  {name: 'degenerate', colour: colours.orange, todo: 'Look at the vectors: they have no variance.'},
  {name: 'pairing-fault', colour: colours.orange, todo: 'Check caches, batching and the join key.'},
  {name: 'reference-fault', colour: colours.orange, todo: 'Check what models share: reference, ingest.'},
  {name: 'collapsed', colour: colours.vermillion, todo: 'Roll back; look for a failed load.'},
  {name: 'rotated', colour: colours.vermillion, todo: 'Roll back, or re-embed what is stored.'},
  {name: 'diverged', colour: colours.vermillion, todo: 'Roll back, or give it a new version.'},
];

const named = (...names: string[]): string => {
  for (const name of names) {
    if (!verdicts.some((verdict) => verdict.name === name)) {
      throw new Error(`no verdict is called ${name}`);
    }
  }
  return names.join('|');
};

/** Matches the verdicts that page. */
export const alarms = named('diverged', 'rotated', 'collapsed', 'pairing-fault', 'reference-fault', 'degenerate');
/** Matches those that somebody should look at in working hours. */
export const warnings = named('warning', 'traffic-shift');
/** Matches those in which nothing is known of the model. */
export const unknown = named('warming', 'insufficient', 'silent');

/** One number for the verdict of each series, the place of the verdict in the list. */
export const stateOf = (matchers: string): string =>
  'sum by (model, version, reference, slice) (' +
  verdicts
    .map(
      (verdict, place) =>
        `max by (model, version, reference, slice, verdict) (parallax_verdict{verdict="${verdict.name}",${matchers}}) * ${place}`,
    )
    .join(' or ') +
  ')';

const mapping = (entries: [string, dashboard.ValueMappingResult][]): dashboard.ValueMapping => ({
  type: dashboard.MappingType.ValueToText,
  options: Object.fromEntries(entries.map(([value, result], index) => [value, {...result, index}])),
});

/** From the number of stateOf to the word. */
export const stateMapping = mapping(
  verdicts.map(({name, colour}, place) => [String(place), {text: name, color: colour}]),
);
/** Colours the word. */
export const nameMapping = mapping(verdicts.map(({name, colour}) => [name, {text: name, color: colour}]));
/** From the word to what to do. */
export const todoMapping = mapping(verdicts.map(({name, todo}) => [name, {text: todo}]));
