import * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as text from '@grafana/grafana-foundation-sdk/text';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import {colours} from './colours';
import {stateMapping} from './verdicts';

/** The data source that the reader chose. */
export const source: common.DataSourceRef = {type: 'prometheus', uid: '${datasource}'};

/** What a panel is called, what it says, and what it says when there is nothing to draw. */
interface Words {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly empty: string;
}

/** What every panel with data has. */
interface Described {
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  noValue(text: string): this;
  datasource(source: common.DataSourceRef): this;
}

const described = <P extends Described>(panel: P, words: Words): P =>
  panel
    .title(words.title)
    .description(words.description)
    .unit(words.unit)
    .noValue(words.empty)
    .datasource(source);

/** Lines over time. Those that are given no colour of their own are shades of one, which no eye confuses. */
export const lines = (words: Words): timeseries.PanelBuilder =>
  described(new timeseries.PanelBuilder(), words)
    .lineWidth(2)
    .fillOpacity(0)
    .colorScheme(
      new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Shades).fixedColor(colours.blue),
    )
    .showPoints(common.VisibilityMode.Auto)
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );

/** One number, large. */
export const number = (words: Words): stat.PanelBuilder =>
  described(new stat.PanelBuilder(), words)
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(common.BigValueColorMode.Value)
    .textMode(common.BigValueTextMode.Value)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .span(4)
    .height(4);

/** The verdicts of series as coloured bars with the word in them. */
export const states = (words: Words): statetimeline.PanelBuilder =>
  described(new statetimeline.PanelBuilder(), words)
    .mappings([stateMapping])
    .mergeValues(true)
    .showValue(common.VisibilityMode.Auto)
    .alignValue(common.TimelineValueAlignment.Left)
    .rowHeight(0.85)
    .fillOpacity(80)
    .lineWidth(0)
    .perPage(20)
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Thresholds))
    .thresholds(steps([null, colours.grey]))
    .legend(new common.VizLegendOptionsBuilder().showLegend(false));

export const rows = (words: Words): table.PanelBuilder =>
  described(new table.PanelBuilder(), words).cellHeight(common.TableCellHeight.Sm).showHeader(true);

/** Words for the reader. */
export const note = (title: string, content: string): text.PanelBuilder =>
  new text.PanelBuilder()
    .title(title)
    .description('How the panels of this board are meant.')
    .mode(text.TextMode.Markdown)
    .content(content);

/** A query over the time range of the board. */
export const range = (refId: string, expr: string, legend: string): prometheus.DataqueryBuilder =>
  new prometheus.DataqueryBuilder().refId(refId).datasource(source).expr(expr).legendFormat(legend).range();

/** A query at the end of the time range. */
export const now = (refId: string, expr: string, legend = ''): prometheus.DataqueryBuilder =>
  new prometheus.DataqueryBuilder().refId(refId).datasource(source).expr(expr).legendFormat(legend).instant();

/** A query at the end of the time range, one row for each series. */
export const column = (refId: string, expr: string): prometheus.DataqueryBuilder =>
  now(refId, expr).format(prometheus.PromQueryFormat.Table);

/** Colours by value: each pair is the value from which a colour holds; the first has none. */
export const steps = (...pairs: [number | null, string][]): dashboard.ThresholdsConfigBuilder =>
  new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps(pairs.map(([value, color]) => ({value, color})));

export const dashedThreshold = (): cog.Builder<common.GraphThresholdsStyleConfig> =>
  new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed);

export const byThresholds = (): cog.Builder<dashboard.FieldColor> =>
  new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Thresholds);

/** How the line of one name is drawn. */
export const drawn = (colour: string, ...more: dashboard.DynamicConfigValue[]): dashboard.DynamicConfigValue[] => [
  {id: 'color', value: {mode: dashboard.FieldColorModeId.Fixed, fixedColor: colour}},
  ...more,
];

export const dashes: dashboard.DynamicConfigValue = {id: 'custom.lineStyle', value: {fill: 'dash', dash: [8, 8]}};
export const pointsOnly: dashboard.DynamicConfigValue[] = [
  {id: 'custom.drawStyle', value: 'points'},
  {id: 'custom.pointSize', value: 5},
];
/** The upper and the lower end of an interval: no lines, and the space between them filled. */
export const upperEnd = (lower: string): dashboard.DynamicConfigValue[] =>
  drawn(
    colours.sky,
    {id: 'custom.lineWidth', value: 0},
    {id: 'custom.fillBelowTo', value: lower},
    {id: 'custom.fillOpacity', value: 35},
    {id: 'custom.showPoints', value: 'never'},
  );
export const lowerEnd: dashboard.DynamicConfigValue[] = drawn(
  colours.sky,
  {id: 'custom.lineWidth', value: 0},
  {id: 'custom.showPoints', value: 'never'},
);

/** Colours for lines whose names are not known beforehand come in this order. */
const order = [colours.blue, colours.orange, colours.green, colours.purple, colours.vermillion, colours.sky, colours.yellow, colours.grey];

/** Gives the lines of these names a colour each. */
export const coloured = (panel: timeseries.PanelBuilder, ...names: string[]): timeseries.PanelBuilder => {
  if (names.length > order.length) {
    throw new Error(`${names.length} lines, and colours for ${order.length}`);
  }
  names.forEach((name, place) => panel.overrideByName(name, drawn(order[place] as string)));
  return panel;
};

export const link = (title: string, url: string): dashboard.DashboardLinkBuilder =>
  new dashboard.DashboardLinkBuilder(title).url(url).targetBlank(false);
