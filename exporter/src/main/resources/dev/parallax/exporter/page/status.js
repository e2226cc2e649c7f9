// The status page: asks the server once a second and writes what changed into the view that the address names.

import { writeEquations, writeFeed } from './accounting.js';
import { readAddress } from './address.js';
import { writeAlerts, writeNewestAlerts } from './alerts.js';
import { drawCard } from './cards.js';
import { byId, set, show, write } from './dom.js';
import { writeFleet } from './fleet.js';
import { drawSeries, writeSeries } from './series.js';
import { Histories, ask, visible } from './server.js';
import { writeSeverity } from './verdicts.js';

const POLL_MILLIS = 1000;

const histories = new Histories();
let known = null;
let address = readAddress();
let answeredAt = null;

/** Writes the view that is looked at, and brings its charts up to date. */
async function writeView() {
  const { fleet, alerts } = known;
  const views = {
    fleet: () => writeFleet(fleet, address),
    model: () => writeSeries(fleet, alerts, address),
    alerts: () => {
      writeAlerts(alerts, address.model);
      return [];
    },
  };
  for (const view of ['fleet', 'model', 'alerts']) {
    show(byId(`view-${view}`), view === address.view);
    const link = byId(`to-${view}`);
    if (link) {
      set(link, { 'aria-current': view === address.view ? 'page' : 'false' });
    }
  }
  const drawn = views[address.view]();
  writeFrame(fleet);
  await histories.refresh(drawn, address.view === 'model' ? drawSeries : drawCard);
}

/** What stands around every view. */
function writeFrame(fleet) {
  const { headline, severity } = fleet.summary;
  write(byId('banner'), fleet.banner);
  show(byId('banner'), fleet.banner !== '');
  write(byId('version'), `Parallax ${fleet.version}`);
  writeSeverity(byId('in-short'), byId('in-short-mark'), severity);
  write(byId('in-short-text'), headline);
  show(byId('in-short'), address.view !== 'fleet');
  const title = { fleet: 'headline', model: 'series-title', alerts: 'alerts-title' }[address.view];
  document.title = `${byId(title).textContent} · Parallax`;
}

async function refresh() {
  const [fleet, alerts, accounting] = await Promise.all([
    ask('/api/fleet'),
    ask('/api/alerts'),
    ask('/api/accounting'),
  ]);
  known = { fleet, alerts: alerts.alerts };
  writeNewestAlerts(known.alerts);
  writeEquations(accounting.equations);
  writeFeed(fleet);
  await writeView();
  found();
}

function lost() {
  const since = answeredAt ? ` Shown is what was known at ${answeredAt.toLocaleTimeString()}.` : '';
  write(byId('lost'), `Connection lost.${since} Trying again every second.`);
  show(byId('lost'), true);
  document.body.classList.add('stale');
}

function found() {
  answeredAt = new Date();
  show(byId('lost'), false);
  document.body.classList.remove('stale');
}

addEventListener('hashchange', () => {
  const before = address;
  address = readAddress();
  if (known === null) {
    return;
  }
  histories.clear();
  writeView().catch(lost);
  if (address.view !== before.view || address.key !== before.key) {
    // As after loading another page: at its top, and read from there.
    scrollTo(0, 0);
    document.querySelector(`#view-${address.view} h1`).focus({ preventScroll: true });
  }
});

for (;;) {
  await visible();
  try {
    await refresh();
  } catch (e) {
    console.warn(e);
    lost();
  }
  await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
}
