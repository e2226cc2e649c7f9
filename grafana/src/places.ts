import {resolve} from 'node:path';

/** The folder of package.json; compiled code lies in target/js. */
const home = resolve(__dirname, '..', '..');

export const dashboardsFolder = resolve(home, 'dashboards');
export const rulesFolder = resolve(home, 'prometheus', 'rules');
export const managedAlertsFolder = resolve(home, 'managed-alerts');
export const runbooksFolder = resolve(home, '..', 'docs', 'runbooks');
export const checkFolder = resolve(home, 'target', 'check');
