// Making and changing nodes. Text is always set as text, never as markup, and only where it changed.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  set(node, attributes);
  node.append(...children);
  return node;
}

export function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  set(node, attributes);
  node.append(...children);
  return node;
}

export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) {
      node.setAttribute(name, value);
    }
  }
}

export function write(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function show(node, visible) {
  node.hidden = !visible;
}

/** Makes the children of a node these ones, touching only what is not there already. */
export function keepChildren(parent, children) {
  children.forEach((child, i) => {
    if (parent.children[i] !== child) {
      parent.insertBefore(child, parent.children[i] ?? null);
    }
  });
  while (parent.children.length > children.length) {
    parent.lastElementChild.remove();
  }
}

export function keepTexts(parent, texts, tag) {
  while (parent.children.length < texts.length) {
    parent.append(element(tag));
  }
  while (parent.children.length > texts.length) {
    parent.lastElementChild.remove();
  }
  texts.forEach((text, i) => write(parent.children[i], text));
}

/** Makes the children of a node anew if what they show has changed. */
export function render(parent, shown, make) {
  const text = JSON.stringify(shown);
  if (parent.shown !== text) {
    parent.shown = text;
    parent.replaceChildren(...make());
  }
}

/** Drops the nodes of a map whose keys are not wanted any more. */
export function forget(nodes, keys) {
  const wanted = new Set(keys);
  for (const key of nodes.keys()) {
    if (!wanted.has(key)) {
      nodes.delete(key);
    }
  }
}
