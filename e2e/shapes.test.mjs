// Boards and calendars: the same list in another shape, moved by hand and by key, live, on a phone, and saved with a view.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, sampleCompany, screenshot, signedIn } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const PHONE = { width: 390, height: 844 };
const column = (page, group) => page.locator(`.board > section[data-group="${group}"]`);
const count = async (page, group) => Number(await column(page, group).locator('h2 .count').innerText());
const counts = (page, group, n) => column(page, group).locator('h2 .count', { hasText: new RegExp(`^${n}$`) }).waitFor();
const choose = (page, shape) => Promise.all([page.waitForNavigation(), page.locator(`.inbox-head [value=${shape}]`).click()]);

async function board(t, who, path, options) {
  const page = await signedIn(t, browser, steward, who, `${path}?shape=board`, options);
  await page.locator('html[data-moves] .board .card').first().waitFor();
  return page;
}

test('a card is dragged into another column, and taken back', async (t) => {
  const page = await board(t, 'tomas', '/desk/desks/it');
  const before = [await count(page, 'turn:us'), await count(page, 'turn:requester')];
  const card = column(page, 'turn:us').locator('.card').first();
  const number = await card.getAttribute('data-number');
  await card.dragTo(column(page, 'turn:requester').locator('h2'));
  await page.locator('#notices .notice').waitFor();
  await column(page, 'turn:requester').locator(`[data-number="${number}"]`).waitFor();
  await counts(page, 'turn:us', before[0] - 1);
  await counts(page, 'turn:requester', before[1] + 1);
  await page.locator('.notice [data-undo] button').click();
  await counts(page, 'turn:us', before[0]);
  await column(page, 'turn:us').locator(`[data-number="${number}"]`).waitFor();
  await page.watch.assertQuiet();
});

test('keys go from column to column and take the card along', async (t) => {
  const page = await board(t, 'ilze', '/desk/desks/it');
  const first = column(page, 'turn:us').locator('.card').first();
  const number = await first.getAttribute('data-number');
  await first.locator('a').focus();
  await page.keyboard.press('ArrowRight');
  const group = () => page.evaluate(() => document.activeElement.closest('section')?.dataset.group);
  assert.equal(await group(), 'turn:requester');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await group(), 'turn:us');
  await page.keyboard.press('j');
  assert.notEqual(await page.evaluate(() => document.activeElement.closest('.card').dataset.number), number);
  await page.keyboard.press('k');
  await page.keyboard.press('Shift+ArrowRight');
  await column(page, 'turn:requester').locator(`[data-number="${number}"]`).waitFor();
  await page.locator('#notices .notice').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.closest('.card')?.dataset.number), number, 'the focus goes with the card');
  await page.keyboard.press('Enter');
  await page.locator('#ticket-title').waitFor();
  assert.match(page.url(), new RegExp(number));
  await page.watch.assertQuiet();
});

test('what a practice does not allow is told, and the card goes back', async (t) => {
  const page = await signedIn(t, browser, steward, 'tomas', '/desk');
  await page.locator('.navigation li a', { hasText: 'IT board' }).click();
  await page.locator('html[data-moves] .board').waitFor();
  const card = column(page, 'status:new').locator('.card').first();
  const number = await card.getAttribute('data-number');
  await card.dragTo(page.locator('.board h2', { hasText: 'Waiting for parts' }));
  await page.locator('#notices .notice', { hasText: number }).waitFor();
  await column(page, 'status:new').locator(`[data-number="${number}"]`).waitFor();
  await page.watch.assertQuiet();
});

test('a board shows what others do, keeps what is picked, and edits it as lists do', async (t) => {
  const page = await board(t, 'tomas', '/desk/desks/it');
  const other = await board(t, 'jonas', '/desk/desks/it');
  const picked = column(page, 'turn:us').locator('.card').nth(1);
  const number = await picked.getAttribute('data-number');
  await picked.locator('.pick').click();
  await page.locator('.bulk-count', { hasText: '1' }).waitFor();
  const moved = column(other, 'turn:us').locator('.card').first();
  const name = await moved.getAttribute('data-number');
  await moved.locator('a').focus();
  await other.keyboard.press('Shift+ArrowRight');
  await column(page, 'turn:requester').locator(`[data-number="${name}"]`).waitFor();
  assert.equal(await page.locator(`#row-${number} input`).isChecked(), true);
  await page.locator('#bulk-priority > summary').click();
  await page.locator('#bulk-priority .menu-item[value=low]').click();
  await page.locator(`#row-${number} .priority.low`).waitFor();
  await page.watch.assertQuiet();
});

test('the shape of a list is chosen, remembered, and saved with a view', async (t) => {
  const page = await signedIn(t, browser, steward, 'mei', '/desk/views/open');
  await page.locator('#rows .row').first().waitFor();
  await page.locator('#pick-look > summary').click();
  await choose(page, 'board');
  await page.locator('html[data-moves] .board').waitFor();
  await page.locator('#pick-cut > summary').click();
  await Promise.all([page.waitForNavigation(), page.locator('#pick-cut [value=priority]').click()]);
  await column(page, 'priority:critical').waitFor();
  await page.reload();
  await column(page, 'priority:critical').waitFor();
  await page.locator('.query-keep').click();
  await page.locator('#name').fill('By priority');
  assert.deepEqual([await page.locator('#shape').inputValue(), await page.locator('#group').inputValue()], ['board', 'priority']);
  await Promise.all([page.waitForURL(/\/desk\/views\/\d+/), page.locator('.form-end .primary').click()]);
  await column(page, 'priority:critical').waitFor();
  await choose(page, 'split');
  await page.locator('ol#rows .row').first().waitFor();
  await page.watch.assertQuiet();
});

test('a calendar goes from month to month, and a full day opens as a list', async (t) => {
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open?shape=calendar');
  await page.locator('.month-day.today').waitFor();
  await assertAccessible(page, 'a calendar');
  await screenshot(page, 'calendar');
  const title = page.locator('.month-steps strong');
  const now = await title.innerText();
  await page.locator('#pick-look, #pick-cut').first().waitFor();
  await choose(page, 'calendar');
  await page.locator('[data-step=earlier]').click();
  await page.locator('.month-steps .button', { hasText: 'This month' }).waitFor();
  assert.notEqual(await title.innerText(), now);
  await page.locator('.month-steps .button', { hasText: 'This month' }).click();
  await page.locator('.month-day.today').waitFor();
  const full = page.locator('.month-day', { has: page.locator('.more') }).first();
  const n = Number(/(\d+) tickets/.exec(await full.locator('h2').innerText())[1]);
  await full.locator('.more').click();
  await page.locator('ol#rows .row').first().waitFor();
  assert.equal(await page.locator('ol#rows .row').count(), Math.min(n, 30));
  await page.goBack();
  await page.locator('.month-link').first().click();
  await page.locator('#ticket-title').waitFor();
  await page.watch.assertQuiet();
});

test('boards and calendars can be used by everybody, in both themes and on a phone', async (t) => {
  for (const [theme, viewport] of [['light', null], ['dark', null], ['light', PHONE], ['dark', PHONE]]) {
    const page = await signedIn(t, browser, steward, 'ilze', '/desk/views/open?shape=board', { colorScheme: theme, ...(viewport ? { viewport } : {}) });
    await page.locator('.board .card').first().waitFor();
    await assertAccessible(page, `a board, ${theme}`);
    await assertFits(page, `a board, ${theme}`);
    await screenshot(page, `board-${theme}${viewport ? '-phone' : ''}`);
    await page.goto(new URL('/desk/views/open?shape=calendar', page.url()).href);
    await page.locator('.month-link:visible').first().waitFor();
    await assertAccessible(page, `a calendar, ${theme}`);
    await assertFits(page, `a calendar, ${theme}`);
    await page.watch.assertQuiet();
  }
});
