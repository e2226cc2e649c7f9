import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {audit} from './audit';
import {fleet} from './fleet';
import {managedAlerts} from './managed-alerts';
import {model} from './model';
import {pipeline} from './pipeline';
import {dashboardsFolder, managedAlertsFolder} from './places';
import {runbooks} from './runbooks';

/** Writes every generated file anew; what is no longer generated goes. */
const runbooksBoards = join(dashboardsFolder, 'runbooks');
rmSync(dashboardsFolder, {recursive: true, force: true});
mkdirSync(runbooksBoards, {recursive: true});
mkdirSync(managedAlertsFolder, {recursive: true});

const write = (folder: string, name: string, content: object): void =>
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);

write(dashboardsFolder, 'fleet', fleet);
write(dashboardsFolder, 'model', model);
write(dashboardsFolder, 'pipeline', pipeline);
write(dashboardsFolder, 'audit', audit);
for (const board of runbooks) {
  write(runbooksBoards, (board.uid ?? '').replace('parallax-runbook-', ''), board);
}
writeFileSync(join(managedAlertsFolder, 'rules.yaml'), managedAlerts);
