// The list: how it looks, what is new in it, several rows at once, and finding one's place again.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, letter, openBrowser, openPage, row, sampleCompany, signIn, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

async function agent(t, who, path, options) {
  const page = await openPage(browser, options);
  t.after(() => page.context().close());
  await signIn(page, steward, who, path);
  await page.locator('#rows .row').first().waitFor();
  return page;
}

const open = '/desk/views/open';
const numbers = (page) => page.locator('#rows .row').evaluateAll((rows) => rows.map((one) => one.dataset.number));
const heads = (page) => page.locator('#rows .rows-group .fold').allInnerTexts();
const choose = async (page, name, value) => {
  await page.locator('#pick-look > summary, #pick-group > summary').first().click();
  await Promise.all([page.waitForNavigation(), page.locator(`.list-picker[open] [name=${name}][value="${value}"]`).click()]);
  await page.locator('#rows').waitFor();
};
const notice = (page, words) => page.locator('#notices .notice', { hasText: words }).waitFor();

test('a list is grouped, folded, sorted by its heads and given other columns, and remembers that for one person', async (t) => {
  const page = await agent(t, 'mei', open);
  await choose(page, 'group', 'priority');
  assert.deepEqual((await heads(page)).slice(0, 2).map((text) => text.trim()), ['Critical', 'High']);
  const whole = await page.locator('#rows .row').count();
  await Promise.all([page.waitForNavigation(), page.locator('.rows-group', { hasText: 'Critical' }).locator('.fold').press('Enter')]);
  assert.equal(await page.locator('.rows-group', { hasText: 'Critical' }).locator('.fold').getAttribute('aria-expanded'), 'false');
  assert.ok(await page.locator('#rows .row .priority.critical').count() === 0 && whole > 0);
  await choose(page, 'group', 'none');
  const newest = await numbers(page);
  await Promise.all([page.waitForNavigation(), page.locator('.row-heads .head-sort', { hasText: 'Updated' }).click()]);
  assert.notDeepEqual(await numbers(page), newest);
  await page.locator('.head-sort.sorted .hidden-label', { hasText: 'smallest first' }).waitFor({ state: 'attached' });
  await page.locator('#pick-look > summary').click();
  await page.locator('.column-boxes input[value=status]').check();
  await page.locator('.column-boxes input[value=requester]').uncheck();
  await Promise.all([page.waitForNavigation(), page.locator('#pick-look .menu-end .primary').click()]);
  await page.locator('.row-heads .c-status').waitFor();
  assert.equal(await page.locator('.row-who').count(), 0);
  const colleague = await agent(t, 'ilze', open);
  assert.equal(await colleague.locator('.row-heads .c-status').count(), 0);
  await page.watch.assertQuiet();
});

test('a column is made wider with the keyboard and with the pointer, and stays so', async (t) => {
  const page = await agent(t, 'linh', open);
  const edge = page.locator('.row-heads .c-requester .edge');
  const width = () => page.locator('.row-who').first().evaluate((cell) => cell.getBoundingClientRect().width);
  const before = await width();
  await edge.focus();
  const kept = page.waitForResponse((response) => response.url().endsWith('/desk/lists'));
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('ArrowRight');
  assert.equal(await edge.getAttribute('aria-valuenow'), '17');
  await kept;
  assert.ok(await width() > before + 20);
  const box = await edge.boundingBox();
  await page.mouse.move(box.x + 4, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x - 28, box.y + 5, { steps: 4 });
  const again = page.waitForResponse((response) => response.url().endsWith('/desk/lists'));
  await page.mouse.up();
  await again;
  const units = await edge.getAttribute('aria-valuenow');
  await page.reload();
  assert.equal(await edge.getAttribute('aria-valuenow'), units);
  await page.watch.assertQuiet();
});

test('rows are selected by key and range, changed as one, and taken back as one', async (t) => {
  const page = await agent(t, 'mei', '/desk/views/unassigned');
  const all = await numbers(page);
  await page.locator('#rows a.row-subject').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  assert.equal(await page.locator('#rows .row.picked').count(), 3);
  await page.locator('.bulk-count', { hasText: '3' }).waitFor();
  await page.locator('#bulk-assign > summary').click();
  await page.locator('#bulk-assign .menu-item', { hasText: 'Mei' }).click();
  await notice(page, '3 tickets changed');
  await page.waitForFunction((gone) => gone.every((number) => !document.getElementById(`row-${number}`)), all.slice(0, 3));
  assert.equal(await page.locator('#rows .row.picked').count(), 0);
  await page.locator('#rows a.row-subject').first().focus();
  await page.keyboard.press('z');
  await notice(page, 'Taken back on 3 tickets');
  await row(page, '').first().waitFor();
  await page.waitForFunction((back) => back.every((number) => document.getElementById(`row-${number}`)), all.slice(0, 3));
  await page.watch.assertQuiet();
});

test('a row becomes bold when somebody else writes, and plain when it is opened', async (t) => {
  const title = 'Anchor winch squeaks';
  const from = 'Kaja Lind <kaja.lind@northpier.example>';
  const page = await agent(t, 'jonas', open);
  await write(steward, letter({ from, subject: title, body: 'Since this morning.' }));
  await row(page, title).waitFor();
  assert.ok(await row(page, title).evaluate((one) => one.classList.contains('unread')));
  await Promise.all([page.waitForResponse((response) => response.url().endsWith('/seen')), row(page, title).locator('a.row-subject').click()]);
  await page.locator('#ticket-title', { hasText: title }).waitFor();
  await page.reload();
  await page.locator('#rows .row.open:not(.unread)', { hasText: title }).waitFor();
  await page.goto(`${steward.url}${open}`);
  await row(page, title).waitFor();
  const number = await row(page, title).getAttribute('data-number');
  const colleague = await agent(t, 'tomas', `/desk/tickets/${number}`);
  await colleague.keyboard.press('n');
  await colleague.keyboard.type('Ask the yard.');
  await colleague.keyboard.press('Control+Enter');
  await page.locator(`#row-${number}.unread`).waitFor();
  await page.watch.assertQuiet();
});

