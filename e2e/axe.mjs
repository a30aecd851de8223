// What a screen reader and a keyboard would stumble over, as far as a program can tell.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe has nothing to say about the page; `where` names it when it has. */
export async function assertAccessible(visitor, where) {
  // Through the debugger, not as an element: the page's own policy stays as it is.
  await visitor.evaluate(AXE);
  const violations = await visitor.evaluate(async () => {
    const result = await window.axe.run(document, { iframes: false });
    if (result.passes.length < 10) throw new Error('axe did not look at the page');
    return result.violations.map((one) => ({ rule: one.id, nodes: one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} | ${node.any[0]?.message ?? node.failureSummary}`) }));
  });
  assert.deepEqual(violations, [], where);
}
