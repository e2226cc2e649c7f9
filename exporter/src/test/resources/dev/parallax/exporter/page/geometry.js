// What a reader could not read: texts outside the window, cut off by a box, or on top of each other. One line each.
(() => {
  // Not innerWidth, which grows with what is too wide on a narrow screen.
  const width = document.documentElement.clientWidth;
  // A box that scrolls shows all in its time; wide code and wide tables of the manual do.
  const scrolls = (e) => e.closest('.manual pre, .manual table') !== null;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  // Read out, not seen; and the inside of controls, which draw themselves.
  const unseen = (e) =>
    e.closest('select, option, noscript, script, title') !== null ||
    (e.closest('thead') !== null && getComputedStyle(e.closest('thead')).position === 'absolute');

  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (node.data.trim() === '' || unseen(parent) || !shown(parent)) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      boxes.push({ rect, owner: parent, name: node.data.trim().slice(0, 60) });
    }
  }
  for (const e of document.querySelectorAll('input, select, button, .mark, .meter')) {
    if (shown(e)) {
      boxes.push({ rect: e.getBoundingClientRect(), owner: e, name: `<${e.tagName} ${e.id}>` });
    }
  }

  const findings = [];
  for (const { rect, owner, name } of boxes) {
    if ((rect.right > width + 0.5 || rect.left < -0.5) && !scrolls(owner)) {
      findings.push(`outside the window: ${name}`);
    }
    for (let e = owner; e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (scrolls(e)) {
        break;
      }
      const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
      const box = e.getBoundingClientRect();
      if (
        clips &&
        style.display !== 'inline' &&
        (rect.right > box.right + 1 || rect.left < box.left - 1 || rect.bottom > box.bottom + 2 || rect.top < box.top - 2)
      ) {
        findings.push(`cut by ${e.tagName}.${e.getAttribute('class')}: ${name}`);
      }
    }
  }

  boxes.sort((a, b) => a.rect.top - b.rect.top);
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].rect.top < a.rect.bottom; j++) {
      const b = boxes[j];
      const wide = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const tall = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
      if (wide > 1 && tall > 3 && !a.owner.contains(b.owner) && !b.owner.contains(a.owner)) {
        findings.push(`on top of each other: ${a.name} | ${b.name}`);
      }
    }
  });

  for (const e of document.querySelectorAll('body *')) {
    if (shown(e) && !unseen(e) && !scrolls(e) && e.getBoundingClientRect().right > width + 0.5) {
      findings.push(`wider than the window: ${e.tagName}.${e.getAttribute('class')}`);
    }
  }
  return [...new Set(findings)].slice(0, 20).join('\n');
})()
