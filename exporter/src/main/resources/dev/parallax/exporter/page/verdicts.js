// Verdicts: how grave each is, its shape, and what to do about it.

import { element, shape } from './dom.js';

const SEVERITY = {
  healthy: 'good',
  warming: 'waiting',
  insufficient: 'waiting',
  warning: 'caution',
  'traffic-shift': 'caution',
  silent: 'caution',
};

export const severityOf = (verdict) => SEVERITY[verdict] ?? 'alarm';

const RANKS = ['alarm', 'caution', 'waiting', 'good'];

/** Gravest first. */
export const rankOf = (verdict) => RANKS.indexOf(severityOf(verdict));

// One outline per severity, so that colour is never the only difference.
const MARKS = {
  good: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Z', 'M4.6 8.3 7 10.7 11.5 5.6'],
  waiting: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Z', 'M4.5 8h.01M8 8h.01M11.5 8h.01'],
  caution: ['M8 .8 16 15.2H0Z', 'M8 6v4M8 12.6v.01'],
  alarm: ['M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7Z', 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
};

export function mark(severity) {
  const [outline, sign] = MARKS[severity];
  return shape(
    'svg',
    { class: 'mark', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    shape('path', { d: outline }),
    shape('path', { class: 'sign', d: sign }),
  );
}

/** Puts a severity's colour and shape on a node, and its mark into another, if they changed. */
export function writeSeverity(node, markNode, severity) {
  if (node.dataset.severity !== severity || !markNode.firstChild) {
    node.dataset.severity = severity;
    markNode.replaceChildren(mark(severity));
  }
}

/** Puts the verdict's shape and word into a node, if they changed. */
export function writeVerdict(node, verdict) {
  if (node.dataset.verdict !== verdict) {
    const severity = severityOf(verdict);
    node.dataset.verdict = verdict;
    node.dataset.severity = severity;
    node.className = 'verdict';
    node.replaceChildren(mark(severity), document.createTextNode(verdict));
  }
}

export function verdictNode(verdict) {
  const node = element('span');
  writeVerdict(node, verdict);
  return node;
}

/** Where this server shows the runbook of a verdict. */
export const runbookOf = (verdict) => `/docs/runbooks/${verdict}.md`;

// What a verdict means for whoever is woken by it, and the first thing to do: docs/verdicts.md in a sentence each.
const ADVICE = {
  warming: 'Its baseline is still being learnt. Nothing can be said yet; wait.',
  insufficient: 'Too few pairs to say anything. Look at the traffic and at the pairs per pane.',
  healthy: 'Nothing speaks against the baseline. Nothing to do.',
  warning: 'First signs, not yet evidence. Wait for the evidence; do not act on it alone.',
  diverged:
    'The model answers something else. Find out what was deployed at the time of the change: weights, pooling, prefix, tokenizer, truncation, precision. Roll back, or give the new model a version of its own.',
  rotated:
    'The model is as good as before, and every stored vector is useless. Do not mix old and new vectors: roll back, or embed what is stored again.',
  collapsed:
    'The model answers nearly the same to everything. Roll back; look for a failed load, a zeroed layer, a wrong output tensor.',
  'traffic-shift':
    'The inputs moved, the model did not. No need to touch the model; find out who sends what.',
  'pairing-fault':
    'The model is well; answers belong to other inputs. Look at caches, batching and its order, the join key, retries.',
  'reference-fault':
    'Many models moved at once: look at what they share (reference encoder, tokenizer, topic, join), not at one model.',
  degenerate: 'All vectors are the same, or not finite. Look at the output of the model.',
  silent: 'No events arrive. Look at the service, at ingest and at its topic.',
};

export const adviceOf = (verdict) => ADVICE[verdict] ?? 'See the runbook.';
