// Alerts: every change of a verdict, newest first.

import { alertsHref, modelHref } from './address.js';
import { commandNode, replayCommand } from './audit.js';
import { byId, element, forget, keepChildren, show, write } from './dom.js';
import { clock, evidenceOf, moment, or, particulars, three, two, whole } from './format.js';
import { drillTag } from './rows.js';
import { verdictNode } from './verdicts.js';

const NEWEST = 5;

/** A list of alerts that keeps the nodes of those that stay. */
export class AlertList {
  #nodes = new Map();

  /** @param brief whether details are left to the list of all alerts */
  constructor(list, brief) {
    this.list = list;
    this.brief = brief;
  }

  write(alerts) {
    const keys = alerts.map((alert) => `${alert.key}@${alert.paneEnd}`);
    forget(this.#nodes, keys);
    keepChildren(
      this.list,
      alerts.map((alert, i) => {
        const shown = JSON.stringify(alert);
        let node = this.#nodes.get(keys[i]);
        if (node?.shown !== shown) {
          node = element('li', {}, ...alertParts(alert, this.brief));
          node.shown = shown;
          this.#nodes.set(keys[i], node);
        }
        return node;
      }),
    );
  }
}

const newest = new AlertList(byId('alert-list'), true);
const all = new AlertList(byId('all-alerts'), false);

/** The few newest, on the page of the fleet. */
export function writeNewestAlerts(alerts) {
  newest.write(alerts.slice(0, NEWEST));
  show(byId('no-alerts'), alerts.length === 0);
  show(byId('all-alerts-link'), alerts.length > 0);
  write(byId('all-alerts-link').firstElementChild, `All alerts (${whole.format(alerts.length)})`);
}

/** All of them, or those of one model. */
export function writeAlerts(alerts, model) {
  const wanted = alerts.filter((alert) => model === '' || alert.model === model);
  all.write(wanted);
  const subject = model === '' ? '' : ` of ${model}`;
  write(byId('alerts-title'), `Alerts${subject}`);
  write(
    byId('alerts-note'),
    wanted.length === 0
      ? `None: no verdict${subject} has changed.`
      : `${whole.format(wanted.length)}, newest first. The newest 100 of all models are kept here; all are on the alerts topic.`,
  );
  show(byId('alerts-of-all'), model !== '');
}

function alertParts(alert, brief) {
  const parts = [
    element(
      'div',
      { class: 'what' },
      element('time', { datetime: alert.paneEnd }, moment(alert.paneEnd)),
      element('a', { href: modelHref(alert, alert.paneEnd) }, alert.model),
      ...drillTag(alert),
      element('span', { class: 'muted small' }, particulars(alert)),
    ),
    element(
      'div',
      { class: 'what change' },
      verdictNode(alert.previousVerdict),
      element('span', { class: 'muted', 'aria-label': 'became' }, '→'),
      verdictNode(alert.verdict),
      ...(alert.estimatedChangeTime
        ? [element('span', { class: 'small' }, `changed at about ${clock(alert.estimatedChangeTime)}`)]
        : []),
    ),
    element('p', { class: 'small' }, figuresOf(alert)),
  ];
  if (alert.reasons.length > 0) {
    const reasons = brief ? alert.reasons.slice(0, 1) : alert.reasons;
    parts.push(element('p', { class: 'muted small' }, reasons.join('; ')));
  }
  parts.push(
    element(
      'p',
      { class: 'small links' },
      element('a', { href: '/' + alert.runbook }, `Runbook: ${alert.verdict}`),
      ...(brief ? [] : [element('a', { href: alertsHref(alert.model) }, `Alerts of ${alert.model}`)]),
    ),
  );
  if (!brief) {
    parts.push(
      element(
        'details',
        {},
        element('summary', {}, 'Check it: score these panes again'),
        commandNode(replayCommand(alert, startOf(alert), Date.parse(alert.paneEnd))),
      ),
    );
  }
  return parts;
}

/** The window that caused the alert, and what lies between it and the change. */
function startOf(alert) {
  const window = Date.parse(alert.windowStart);
  return alert.estimatedChangeTime ? Math.min(window, Date.parse(alert.estimatedChangeTime)) : window;
}

function figuresOf(alert) {
  const { figures } = alert;
  return [
    `evidence ${evidenceOf(figures)}`,
    `CKA ${or(figures.cka, three)}`,
    `residual ${or(figures.residualStratified, two)}`,
  ].join(' · ');
}
