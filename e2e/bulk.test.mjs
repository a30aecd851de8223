// Changes of many tickets: everything that a list holds, looked at before, followed, taken back as one; and macros for those that are picked.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, sampleCompany, screenshot, signedIn } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const figure = (page, words) => page.locator('.bulk-figures', { hasText: words }).waitFor();
const state = (page, words) => page.locator('#bulk-state', { hasText: words }).waitFor({ timeout: 30_000 });

async function listed(t, who, path, options) {
  const page = await signedIn(t, browser, steward, who, path, options);
  await page.locator('#rows .row').first().waitFor();
  await page.locator('#rows a.row-subject').first().focus();
  await page.keyboard.press('x');
  await page.locator('.bulk-all').waitFor();
  return page;
}

test('everything in a list is looked at, changed in the background, and taken back as one', async (t) => {
  const page = await listed(t, 'jonas', '/desk/views/open');
  const shown = await page.locator('#rows .row').count();
  await assertAccessible(page, 'what can be done with picked tickets');
  await page.locator('.bulk-all input').check();
  await page.locator('#bulk-tag > summary').click();
  await page.fill('#bulk-tags', 'storm-night');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const title = await page.locator('h1').innerText();
  const total = Number(/Change (\d+) tickets/.exec(title)?.[1]);
  assert.ok(total > shown, `${title}: more than the ${shown} that are shown`);
  await figure(page, `${total} would change`);
  await page.locator('.bulk-example', { hasText: 'storm-night' }).first().waitFor();
  await assertAccessible(page, 'what a change would come to');
  await screenshot(page, 'bulk-look');
  await Promise.all([page.waitForNavigation(), page.locator('button', { hasText: `Change ${total} tickets` }).click()]);
  await state(page, 'Done.');
  await page.locator('.navigation-working').waitFor({ state: 'detached' });
  await figure(page, `${total} tickets`);
  await assertAccessible(page, 'what came of a change');
  await screenshot(page, 'bulk-run');
  await page.locator('button', { hasText: 'Undo all of it' }).click();
  await state(page, 'The change was undone.');
  assert.equal(await page.locator('.bulk-stays li').count(), 0);
  await page.watch.assertQuiet();
});

test('a macro for picked tickets writes to nobody unless that is ticked', async (t) => {
  const page = await listed(t, 'mei', '/desk/views/open');
  await page.keyboard.press('Shift+J');
  await page.locator('#bulk-macro > summary').click();
  await Promise.all([page.waitForNavigation(), page.locator('#bulk-macro .menu-item', { hasText: 'Take it and say so' }).click()]);
  await page.locator('h1', { hasText: 'Change 2 tickets' }).waitFor();
  await page.locator('label', { hasText: 'Send 2 replies' }).waitFor();
  assert.equal(await page.locator('#mails').isChecked(), false);
  await assertFits(page, 'what a macro would come to');
  await screenshot(page, 'bulk-macro');
  await Promise.all([page.waitForNavigation(), page.locator('button', { hasText: 'Change 2 tickets' }).click()]);
  await state(page, 'Done.');
  await page.locator('.bulk-deed', { hasText: 'Take it and say so' }).waitFor();
  await page.watch.assertQuiet();
});
