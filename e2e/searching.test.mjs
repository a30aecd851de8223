// Search by words: what was looked for is marked, facets narrow, the keyboard is enough, and a phone is wide enough.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, sampleCompany, signedIn } from './support.mjs';
import { until } from './until.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const search = (query) => `/desk/search?q=${encodeURIComponent(query)}`;
const found = (page) => page.locator('#found .found-one');

/** The index is built while the desk serves: the page says so until it has everything. */
async function searched(t, who, query, options) {
  const page = await signedIn(t, browser, steward, who, search(query), options);
  while (await page.locator('.search-building').count() > 0) await page.reload();
  return page;
}

test('a word in another form finds and is marked; a facet narrows and is taken away again', async (t) => {
  const page = await searched(t, 'tomas', 'gates');
  await found(page).first().waitFor();
  const marks = await page.locator('#found mark').allInnerTexts();
  assert.ok(marks.length > 0 && marks.every((text) => /^gat[ea]/i.test(text)), marks.join());
  const all = await found(page).count();
  const facet = page.locator('.facets a').first();
  await facet.click();
  await page.waitForURL(/desk%3A|desk:/);
  await page.locator('.facets a[aria-current]').first().waitFor();
  assert.ok(await found(page).count() <= all);
  await page.locator('.facets a[aria-current]').first().click();
  await page.locator('.facets a:not([aria-current])').first().waitFor();
  assert.equal(await found(page).count(), all);
  await assertAccessible(page, 'search');
  await page.watch.assertQuiet();
});

test('the keyboard moves through the results and opens one', async (t) => {
  const page = await searched(t, 'tomas', 'gate');
  await found(page).first().waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  assert.match(first, /^\/desk\/tickets\//);
  await Promise.all([page.waitForURL(/\/desk\/tickets\//), page.keyboard.press('Enter')]);
  await page.locator('#ticket').waitFor();
});

test('nothing found says what to do, a query that cannot be read says where, and a phone is wide enough', async (t) => {
  const page = await searched(t, 'tomas', 'zzyzxq');
  await page.locator('.empty h2', { hasText: 'zzyzxq' }).waitFor();
  await page.goto(steward.url + search('stat:open gate'));
  await page.locator('[role=alert]', { hasText: 'stat' }).waitFor();
  const phone = await searched(t, 'tomas', 'gate', { viewport: { width: 360, height: 740 } });
  await found(phone).first().waitFor();
  await assertFits(phone, 'search on a phone');
  await assertAccessible(phone, 'search on a phone');
});

test('words that stand in an attached file alone find its ticket, and the result names the file', async (t) => {
  const page = await searched(t, 'tomas', '"protest handed to the barge"');
  const file = page.locator('.found-file', { hasText: 'bunker-delivery-note.pdf' });
  // Files are read in the background.
  await until(async () => {
    await page.reload();
    return await file.count();
  }, 'the file is found');
  const marks = await page.locator('#found .found-one', { has: file }).locator('.found-passage mark').allInnerTexts();
  assert.match(marks.join(' '), /protest handed barge$/);
  await assertAccessible(page, 'a result in a file');
  await page.setViewportSize({ width: 360, height: 740 });
  await assertFits(page, 'a result in a file on a phone');
});

test('tickets about the same matter stand beside a ticket, and beside the form of a new one while it is typed', async (t) => {
  const page = await searched(t, 'tomas', 'gates');
  await found(page).first().waitFor();
  await page.goto(`${steward.url}/desk/views/open?q=${encodeURIComponent('number:INC-1001 OR gates')}`);
  await page.locator('#rows .row a.row-subject', { hasText: 'gates' }).first().click();
  const beside = page.locator('#about .similar');
  await beside.locator('li').first().waitFor();
  const number = await page.locator('#ticket').getAttribute('data-ticket');
  assert.ok((await beside.locator('a').allInnerTexts()).every((text) => !text.startsWith(`${number} `)), 'it is not similar to itself');
  await assertAccessible(page, 'similar tickets');
  await page.goto(`${steward.url}/desk/new`);
  await page.fill('#title', 'Boarding gates reject passes');
  await page.locator('#similar-place a', { hasText: /gates/i }).first().waitFor();
  await assertAccessible(page, 'similar tickets of a new one');
  await page.watch.assertQuiet();
});
