// Saved views: made from a list, found at the side and in the palette, arranged, mended, taken away and brought back.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, sampleCompany, signedIn } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const side = (page, name) => page.locator('.navigation li a', { hasText: name });
const view = (page, name) => page.locator('.saved-view', { hasText: name });

/** Saves what a list shows under a name. */
async function saved(page, name, list) {
  await page.goto(new URL(list, page.url()).href);
  await page.locator('.query-keep').click();
  await page.locator('#name').fill(name);
  await Promise.all([page.waitForURL(/\/desk\/views\/\d+/), page.locator('.form-end .primary').click()]);
  await page.locator('#list-title', { hasText: name }).waitFor();
}

test('a filtered list becomes a view that is found at the side, in the palette, and beside a ticket', async (t) => {
  const page = await signedIn(t, browser, steward, 'tomas', '/desk');
  await saved(page, 'Incidents of the desk', '/desk/views/open?q=kind%3Aincident');
  const rows = await page.locator('#rows .row').count();
  assert.ok(rows > 0);
  await side(page, 'Incidents of the desk').waitFor();
  assert.equal(await side(page, 'Incidents of the desk').getAttribute('aria-current'), 'page');
  await page.locator('#rows .row-subject').first().click();
  await page.locator('#ticket-title').waitFor();
  await page.reload();
  await page.locator('#list-title', { hasText: 'Incidents of the desk' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Incidents of');
  await page.locator('dialog[open] [role=option]', { hasText: 'Incidents of the desk' }).waitFor();
  await page.keyboard.press('Escape');
  await page.watch.assertQuiet();
});

test('views are put into an order of one\'s own, hidden, taken away and brought back', async (t) => {
  const page = await signedIn(t, browser, steward, 'jonas', '/desk');
  await saved(page, 'Aardvarks', '/desk/views/open?q=kind%3Arequest');
  await page.goto(new URL('/desk/views', page.url()).href);
  const names = () => page.locator('.saved-view-text a').allInnerTexts();
  assert.equal((await names())[0], 'Aardvarks');
  await Promise.all([page.waitForNavigation(), view(page, 'Aardvarks').locator('[value=down]').click()]);
  assert.equal((await names())[1], 'Aardvarks');
  await Promise.all([page.waitForNavigation(), view(page, 'Aardvarks').locator('[value=hide]').click()]);
  await view(page, 'Aardvarks').locator('[value=show]').waitFor();
  assert.equal(await side(page, 'Aardvarks').count(), 0);
  await Promise.all([page.waitForNavigation(), view(page, 'Aardvarks').locator('.saved-view-deeds button').click()]);
  await page.locator('.notice [data-undo]').waitFor();
  assert.equal(await view(page, 'Aardvarks').count(), 0);
  await page.locator('.notice [data-undo] button').click();
  await view(page, 'Aardvarks').waitFor();
  await page.watch.assertQuiet();
});

test('the form completes the query, tells what is wrong in place, and keeps what was typed', async (t) => {
  const page = await signedIn(t, browser, steward, 'tomas', '/desk/views/new');
  await page.locator('#name').fill('Wrong');
  await page.locator('#query').pressSequentially('stat');
  await page.locator('.proposals [role=option]').first().waitFor();
  await page.keyboard.press('Escape');
  await Promise.all([page.waitForNavigation(), page.locator('.form-end .primary').click()]);
  await page.locator('#rows').waitFor();
  await page.goto(new URL('/desk/views/new', page.url()).href);
  await page.locator('#name').fill('Wrong');
  await page.locator('#query').fill('stat:open');
  await Promise.all([page.waitForNavigation(), page.locator('.form-end .primary').click()]);
  assert.match(await page.locator('#query-refusal').innerText(), /stat/);
  assert.equal(await page.locator('#query').inputValue(), 'stat:open');
  assert.equal(await page.locator('#name').inputValue(), 'Wrong');
});

test('a list is exported as it is filtered, and the page says when the file is whole', async (t) => {
  const page = await signedIn(t, browser, steward, 'tomas', '/desk/views/open?q=kind%3Aincident');
  await page.locator('#rows .row').first().waitFor();
  await page.locator('#pick-export > summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[data-export]', { hasText: 'CSV' }).click()]);
  assert.match(download.suggestedFilename(), /^tickets-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.startsWith('\uFEFFNumber,Subject'), 'spreadsheets take it for UTF-8');
  const lines = text.trim().split('\r\n');
  assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.startsWith('INC-')));
  await page.locator('.notice', { hasText: `Exported: ${lines.length - 1} ticket` }).waitFor();
  await page.watch.assertQuiet();
});

test('views and their form fit a phone and have no finding of axe in either theme', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
      const page = await signedIn(t, browser, steward, 'tomas', '/desk/views', { viewport, colorScheme });
      await page.locator('.saved-view').first().waitFor();
      await assertFits(page);
      await assertAccessible(page);
      await page.goto(new URL('/desk/views/new', page.url()).href);
      await page.locator('#name').waitFor();
      await assertFits(page);
      await assertAccessible(page);
    }
  }
});
