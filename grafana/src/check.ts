import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {checkFolder, dashboardsFolder} from './places';

/**
 * Writes each board as a literal of Grafana's published types for the compiler to check: what it finds is a key or a value that
 * Grafana does not know. Types of the options of a panel and of its queries are free in the type of a board, so these are
 * literals of their own.
 */
interface Panel {
  readonly type: string;
  readonly options?: object;
  readonly fieldConfig?: {defaults?: {custom?: object}};
  readonly targets?: readonly object[];
}

/** The types of the options and of the custom part of the fields, of each kind of panel that the boards use. */
const kinds: Readonly<Record<string, {readonly module: string; readonly fields: boolean} | null>> = {
  row: null,
  bargauge: {module: 'bargauge/panelcfg/x/BarGaugePanelCfg_types.gen', fields: false},
  stat: {module: 'stat/panelcfg/x/StatPanelCfg_types.gen', fields: false},
  'state-timeline': {module: 'statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen', fields: true},
  table: {module: 'table/panelcfg/x/TablePanelCfg_types.gen', fields: true},
  text: {module: 'text/panelcfg/x/TextPanelCfg_types.gen', fields: false},
  timeseries: {module: 'timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen', fields: true},
};

const literal = (value: object): string => JSON.stringify(value, null, 2);

const checked = (board: {panels: readonly Panel[]}): string => {
  const lines = [
    "import type {AnnotationQuery, Dashboard} from '@grafana/schema';",
    "import type {Dataquery} from '@grafana/grafana-foundation-sdk/prometheus';",
    "import type {AnnotationQuery as PrometheusMarks} from '@grafana/grafana-foundation-sdk/dashboard';",
    "import type {Json} from './json';",
    ...Object.entries(kinds).flatMap(([type, kind]) =>
      kind === null ? [] : [`import type * as ${name(type)} from '@grafana/schema/dist/esm/raw/composable/${kind.module}';`],
    ),
    "type Query = Omit<Dataquery, '_implementsDataqueryVariant' | 'refId'> & {refId: string};",
    "type Marks = AnnotationQuery<Query> & Pick<PrometheusMarks, 'titleFormat' | 'textFormat' | 'tagKeys' | 'useValueForTime'>;",
    "type Board = Omit<Dashboard, 'annotations'> & {annotations?: {list?: Marks[]}};",
    `export const board: Json<Board> = ${literal(board)};`,
  ];
  board.panels.forEach((panel, place) => {
    const kind = kinds[panel.type];
    if (kind === undefined) {
      throw new Error(`panel ${place + 1}: expected one of ${Object.keys(kinds).join(', ')}, got ${panel.type}`);
    }
    if (kind === null) {
      return;
    }
    const options = `Json<Partial<${name(panel.type)}.Options>>`;
    lines.push(`export const options${place}: ${options} = ${literal(panel.options ?? {})};`);
    const custom = panel.fieldConfig?.defaults?.custom;
    if (custom !== undefined && kind.fields) {
      lines.push(`export const fields${place}: Json<Partial<${name(panel.type)}.FieldConfig>> = ${literal(custom)};`);
    }
    (panel.targets ?? []).forEach((target, index) =>
      lines.push(`export const target${place}_${index}: Json<Query> = ${literal(target)};`),
    );
  });
  return lines.join('\n') + '\n';
};

const name = (type: string): string => type.replace('-', '_');

/** JSON has the texts of an enumeration, not the enumeration. */
const json = `export type Json<T> = T extends string
  ? \`\${T}\`
  : T extends number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? Json<E>[]
      : T extends object
        ? {[K in keyof T]: Json<T[K]>}
        : T;
`;

rmSync(checkFolder, {recursive: true, force: true});
mkdirSync(checkFolder, {recursive: true});
writeFileSync(join(checkFolder, 'json.ts'), json);
writeFileSync(
  join(checkFolder, 'tsconfig.json'),
  literal({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    },
    include: ['*.ts'],
  }),
);
for (const folder of [dashboardsFolder, join(dashboardsFolder, 'runbooks')]) {
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
    const board = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    writeFileSync(join(checkFolder, `${basename(folder)}-${basename(file, '.json')}.ts`), checked(board));
  }
}
