// How what was said can be checked: the command that scores the same panes again from the events.

import { element } from './dom.js';
import { rfc3339 } from './format.js';

/** A word that a shell takes as it is, or quoted. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Safe as the name of a folder. */
const plain = (text) => text.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'series';

/** The command that compares the panes of [from, to), event time, with what was said live. */
export function replayCommand(series, from, to) {
  const folder = `audit-${plain(series.model)}-${plain(rfc3339(to))}`;
  return [
    './parallax replay --config parallax.yaml',
    `--from ${quoted(rfc3339(from))}`,
    `--to ${quoted(rfc3339(to))}`,
    `--out ${quoted(folder)}`,
  ].join(' ');
}

/** A command to paste, with a button that copies it where the browser lets it. */
export function commandNode(command) {
  const text = element('code', { tabindex: 0 }, command);
  const node = element('div', { class: 'command' }, text);
  if (navigator.clipboard) {
    const button = element('button', { type: 'button' }, 'Copy');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(command);
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
    node.append(button);
  }
  return node;
}
