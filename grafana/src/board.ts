import * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import {colours} from './colours';
import {source} from './panels';

/** A board of this uid with what all boards have: data source, links to the others, and no editing in place. */
export const board = (
  uid: string,
  title: string,
  description: string,
  from: string,
): dashboard.DashboardBuilder =>
  new dashboard.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['parallax'])
    .readonly()
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .timezone('browser')
    .time({from, to: 'now'})
    .refresh('30s')
    .withVariable(
      new dashboard.DatasourceVariableBuilder('datasource')
        .label('Data source')
        .description('The Prometheus that scrapes Parallax.')
        .type('prometheus')
        .current({selected: true, text: 'Prometheus', value: 'parallax-prometheus'}),
    )
    .link(
      new dashboard.DashboardLinkBuilder('Boards')
        .type(dashboard.DashboardLinkType.Dashboards)
        .tags(['parallax'])
        .tooltip('The other boards of Parallax, for the same time')
        .asDropdown(true)
        .keepTime(true),
    )
    .link(
      new dashboard.DashboardLinkBuilder('Runbooks')
        .type(dashboard.DashboardLinkType.Dashboards)
        .tags(['parallax-runbook'])
        .tooltip('What to do about each verdict and alert')
        .asDropdown(true)
        .keepTime(true),
    );

export const row = (title: string): dashboard.RowBuilder => new dashboard.RowBuilder(title);

/** A variable filled from a label. */
export const labelOf = (name: string, label: string, query: string): dashboard.QueryVariableBuilder =>
  new dashboard.QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query({query, refId: `variable-${name}`, qryType: 1})
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .sort(dashboard.VariableSort.AlphabeticalAsc);

/** Marks on the time axis wherever the query has a value above 0. */
export const marks = (
  name: string,
  colour: (typeof colours)[keyof typeof colours],
  query: cog.Builder<cog.Dataquery>,
  text: string,
): dashboard.AnnotationQueryBuilder =>
  new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(source)
    .enable(true)
    .iconColor(colour)
    .target(query)
    .titleFormat(name)
    .textFormat(text);

/** The board with its panels numbered from 1, and without what the builders add and Grafana no longer knows. */
export const finished = (builder: dashboard.DashboardBuilder): dashboard.Dashboard => {
  const built = builder.build();
  built.id = null;
  (built.templating?.list ?? []).forEach((variable) => {
    delete variable.auto;
    delete variable.auto_min;
    delete variable.auto_count;
  });
  (built.annotations?.list ?? []).forEach((marks) => delete marks.placement);
  (built.panels ?? []).forEach((panel, place) => {
    panel.id = place + 1;
    if (panel.type === 'table') {
      delete (panel as dashboard.Panel).options.footer;
    }
  });
  return built;
};
