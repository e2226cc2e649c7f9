import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {parse} from 'yaml';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import {finished} from './board';
import {note} from './panels';
import {rulesFolder, runbooksFolder} from './places';

/** A rule of Prometheus, as far as the boards and the rules for Grafana's own alerting need it. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

/** The groups of all rule files, by name of the file. */
export const groups: readonly RuleGroup[] = readdirSync(rulesFolder)
  .filter((file) => file.endsWith('.yml'))
  .sort()
  .flatMap((file) => parse(readFileSync(join(rulesFolder, file), 'utf8')).groups as RuleGroup[]);

/** From the name of an alert to the name of its runbook. */
export const runbookOfAlert: Readonly<Record<string, string>> = Object.fromEntries(
  groups
    .flatMap((group) => group.rules)
    .filter((rule) => rule.alert !== undefined)
    .map((rule): [string, string] => [rule.alert as string, basename(rule.annotations?.runbook_url ?? '', '.md')])
    .sort(([a], [b]) => a.localeCompare(b, 'en')),
);

const names = readdirSync(runbooksFolder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => basename(file, '.md'))
  .sort();

for (const [alert, runbook] of Object.entries(runbookOfAlert)) {
  if (!names.includes(runbook)) {
    throw new Error(`${alert}: expected its runbook in docs/runbooks, there is no ${runbook}.md`);
  }
}

/** Links among runbooks go to their boards; those to other pages of the documentation lead nowhere in Grafana and become their text. */
const linked = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, (whole, label: string, target: string) => {
    const sibling = /^([a-z-]+)\.md(#.*)?$/.exec(target)?.[1];
    if (sibling !== undefined && names.includes(sibling)) {
      return `[${label}](/d/parallax-runbook-${sibling})`;
    }
    return /^https?:/.test(target) ? whole : label;
  });

const runbook = (name: string): dashboard.Dashboard => {
  const [heading, ...rest] = readFileSync(join(runbooksFolder, `${name}.md`), 'utf8').split('\n');
  const title = (heading ?? '').replace(/^# /, '');
  return finished(
    new dashboard.DashboardBuilder(`Runbook · ${title}`)
      .uid(`parallax-runbook-${name}`)
      .description(`What to do. The same as docs/runbooks/${name}.md.`)
      .tags(['parallax-runbook'])
      .readonly()
      .timezone('browser')
      .time({from: 'now-6h', to: 'now'})
      .link(
        new dashboard.DashboardLinkBuilder('Boards')
          .type(dashboard.DashboardLinkType.Dashboards)
          .tags(['parallax'])
          .asDropdown(true)
          .keepTime(true),
      )
      .withPanel(note(title, linked(rest.join('\n').trim())).span(24).height(24)),
  );
};

/** A board for each page of docs/runbooks, so that who is on call needs nothing but Grafana. */
export const runbooks: readonly dashboard.Dashboard[] = names.map(runbook);
