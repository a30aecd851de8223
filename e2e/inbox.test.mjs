// The list: how it looks, what is new in it, several rows at once, and finding one's place again.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, gate, letter, openBrowser, row, sampleCompany, signedIn, until, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

async function agent(t, who, path, options) {
  const page = await signedIn(t, browser, steward, who, path, options);
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
  await notice(page, 'Undone on 3 tickets');
  await row(page, '').first().waitFor();
  await page.waitForFunction((back) => back.every((number) => document.getElementById(`row-${number}`)), all.slice(0, 3));
  await page.watch.assertQuiet();
});

test('what somebody else has changed since stays, and is told', async (t) => {
  const [page, colleague] = [await agent(t, 'jonas', open), await agent(t, 'ilze', open)];
  const [number] = await numbers(page);
  await page.locator(`#row-${number} .pick input`).check({ force: true });
  await page.locator('#bulk-priority > summary').click();
  await page.locator('#bulk-priority .menu-item[value=low]').click();
  await notice(page, '1 ticket changed');
  await colleague.locator(`#row-${number} .priority.low`).waitFor();
  await colleague.locator(`#row-${number} .pick input`).check({ force: true });
  await colleague.locator('#bulk-priority > summary').click();
  await colleague.locator('#bulk-priority .menu-item[value=high]').click();
  await colleague.locator('#notices [data-undo]').waitFor();
  await page.locator('#notices [data-undo] button').click();
  await notice(page, /Priority not undone: Ilze .* has changed it since/);
  await page.locator(`#row-${number} .priority.high`).waitFor();
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

test('a list has no end, names its place, and finds it again after a reload and on the way back', async (t) => {
  const page = await agent(t, 'tomas', '/desk/views/all');
  const first = await numbers(page);
  await page.waitForFunction(() => {
    document.querySelector('#rows').scrollBy(0, 400);
    return /[?&]after=/.test(location.search);
  }, null, { polling: 300 });
  const top = () => page.locator('#rows').evaluate((rows) => {
    const edge = rows.getBoundingClientRect().top;
    return [...rows.querySelectorAll('.row')].find((one) => one.getBoundingClientRect().bottom > edge + 1)?.dataset.number;
  });
  await page.waitForFunction(() => {
    const edge = document.querySelector('#rows').getBoundingClientRect().top;
    return [...document.querySelectorAll('#rows .row')].find((one) => one.getBoundingClientRect().bottom > edge + 1)?.id === history.state?.row;
  });
  const seen = await top();
  await page.reload();
  await page.waitForFunction((number) => document.getElementById(`row-${number}`), seen);
  await page.waitForFunction((number) => {
    const edge = document.querySelector('#rows').getBoundingClientRect().top;
    return [...document.querySelectorAll('#rows .row')].find((one) => one.getBoundingClientRect().bottom > edge + 1)?.dataset.number === number;
  }, seen);
  await page.locator(`#row-${seen} a.row-subject`).evaluate((link) => link.click());
  await page.locator('#ticket').waitFor();
  await page.goBack();
  await page.waitForFunction((number) => document.getElementById(`row-${number}`), seen);
  await page.waitForFunction((number) => {
    const edge = document.querySelector('#rows').getBoundingClientRect().top;
    return [...document.querySelectorAll('#rows .row')].find((one) => one.getBoundingClientRect().bottom > edge + 1)?.dataset.number === number;
  }, seen);
  await page.waitForFunction((known) => {
    document.querySelector('#rows').scrollBy(0, -800);
    return document.getElementById(`row-${known}`);
  }, first[0], { polling: 200 });
  const all = await numbers(page);
  assert.equal(new Set(all).size, all.length, 'no row comes twice');
  await page.watch.assertQuiet();
});

test('a ticket that the pointer rests on is fetched before it is opened, and nothing on the page changes by that', async (t) => {
  const page = await agent(t, 'jonas', open);
  const link = page.locator('#rows a.row-subject').nth(2);
  const before = await page.locator('#main').innerHTML();
  const fetched = page.waitForResponse((response) => response.url().includes('/desk/fragments/tickets/'));
  await link.hover();
  await fetched;
  assert.equal(await page.locator('#main').innerHTML(), before);
  let again = 0;
  page.on('request', (request) => { if (request.url().includes('/desk/fragments/tickets/') && request.url().endsWith(number)) again += 1; });
  const number = await page.locator('#rows .row').nth(2).getAttribute('data-number');
  await link.click();
  await page.locator(`#ticket[data-ticket="${number}"]`).waitFor();
  assert.equal(again, 0, 'it was there already');
  await page.watch.assertQuiet();
});

test('over the whole width a ticket takes the place of the list, and the way back finds the row', async (t) => {
  const page = await agent(t, 'femi', '/desk');
  await page.goto(`${steward.url}${open}`);
  await page.locator('#rows .row').first().waitFor();
  await choose(page, 'layout', 'full');
  assert.ok((await page.locator('.inbox').boundingBox()).width > 1_100);
  await assertAccessible(page, 'the full list');
  const number = (await numbers(page))[3];
  await page.locator(`#row-${number} a.row-subject`).click();
  await page.locator(`#ticket[data-ticket="${number}"]`).waitFor();
  assert.equal(await page.locator('.inbox').isVisible(), false);
  await page.locator('#ticket .back').click();
  await page.locator(`#row-${number}`).waitFor();
  await Promise.all([page.waitForNavigation(), page.locator('.inbox-head .segments [value=split]').click()]);
  await page.locator('#rows .row').first().waitFor();
  assert.ok((await page.locator('.inbox').boundingBox()).width < 800);
  await page.watch.assertQuiet();
});

test('after a ticket is resolved the next row has the focus', async (t) => {
  const page = await agent(t, 'mei', open);
  const [, number, next] = await numbers(page);
  await page.locator(`#row-${number} a.row-subject`).click();
  await page.locator(`#ticket[data-ticket="${number}"]`).waitFor();
  await page.locator('.one-button [value=resolved]').click();
  await page.waitForFunction((row) => document.activeElement?.closest('.row')?.id === row, `row-${next}`);
  await notice(page, 'Changed');
  await page.locator('#notices [data-undo] button').click();
  await notice(page, 'Undone on 1 ticket');
  await page.watch.assertQuiet();
});

test('on a phone rows have three lines, a long press selects, and nothing is wider than the screen', async (t) => {
  const page = await agent(t, 'jonas', open, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await assertFits(page, 'the list on a phone');
  const lines = await page.locator('#rows .row').first().evaluate((one) => new Set(['.row-number', '.row-subject', '.row-who'].map((part) => Math.round(one.querySelector(part).getBoundingClientRect().top))).size);
  assert.equal(lines, 3);
  const box = await page.locator('#rows .row').nth(1).boundingBox();
  const touch = await page.context().newCDPSession(page);
  const at = [{ x: box.x + 120, y: box.y + 30 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  await page.locator('.bulk').waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  assert.equal(await page.locator('#rows .row.picked').count(), 1);
  await assertFits(page, 'the bar on a phone');
  await assertAccessible(page, 'a selection on a phone');
  await page.watch.assertQuiet();
});

test('on a phone a long list begins at its top, and its pages come as one scrolls', async (t) => {
  const page = await agent(t, 'tomas', open, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const rows = () => page.locator('#rows .row').count();
  const total = Number((await page.locator('.inbox-head .count').first().innerText()).replace(/\D/g, ''));
  const first = page.locator('#rows .row').first();
  await page.waitForFunction(() => document.querySelector('.inbox.endless'));
  // Whatever is fetched without being asked for has come when the page can be asked again.
  await page.evaluate(() => fetch(location.href).then((answer) => answer.text()));
  const begun = await rows();
  assert.ok(begun < total, `${begun} of ${total} rows at first`);
  assert.ok((await first.boundingBox()).y < 300, 'the first row is at the top');
  const number = await first.getAttribute('data-number');
  await page.waitForFunction((all) => {
    scrollTo(0, document.documentElement.scrollHeight);
    return document.querySelectorAll('#rows .row').length > all;
  }, begun);
  await page.waitForFunction((wanted) => {
    scrollTo(0, 0);
    return document.querySelector('#rows .row')?.dataset.number === wanted;
  }, number);
  await page.watch.assertQuiet();
});

for (const javaScriptEnabled of [true, false]) {
  test(`Enter in a line of the bar means that line and assigns nobody, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async (t) => {
    const page = await agent(t, 'mei', '/desk/views/unassigned', { javaScriptEnabled });
    const number = await page.locator('#rows .row').first().getAttribute('data-number');
    const pick = () => page.locator(`#row-${number} .pick input`).check({ force: true });
    await pick();
    await page.locator('#bulk-tag > summary').click();
    await page.locator('#bulk-tags').fill('quay');
    await page.locator('#bulk-tags').press('Enter');
    await notice(page, '1 ticket');
    await page.goto(`${steward.url}/desk/views/unassigned?q=tag:quay`);
    await page.locator(`#row-${number}`).waitFor();
    await pick();
    await page.locator('#bulk-priority > summary').click();
    await page.locator('#bulk-reason').fill('The ship sails at noon');
    if (!javaScriptEnabled) page.watch.forgive(/status of 422/);
    await page.locator('#bulk-reason').press('Enter');
    if (javaScriptEnabled) {
      assert.equal(await page.evaluate(() => document.activeElement.closest('#bulk-priority .menu-item') !== null), true, 'the choices come next');
      await page.keyboard.press('Enter');
      await notice(page, '1 ticket');
    } else await page.getByText('Enter alone does not say').waitFor();
    await page.goto(`${steward.url}/desk/views/unassigned?q=tag:quay`);
    await page.locator(`#row-${number}`).waitFor();
    await page.locator(`#row-${number} .pick input`).check({ force: true });
    await page.locator('#bulk-tag > summary').click();
    await page.locator('#bulk-tags').fill('quay');
    await page.locator('#bulk-tag [value=remove]').click();
    await page.locator(`#row-${number}`).waitFor({ state: 'detached' });
    await page.watch.assertQuiet();
  });
}

test('rows that are picked far below stay picked while the list changes at its top, and the bar counts what is picked', async (t) => {
  const page = await agent(t, 'tomas', '/desk/views/all');
  await page.waitForFunction(() => {
    document.querySelector('#rows').scrollBy(0, 600);
    return document.querySelectorAll('#rows .row').length > 60;
  }, null, { polling: 100 });
  const far = (await numbers(page)).at(-1);
  await page.locator(`#row-${far} .pick input`).check({ force: true });
  await page.locator('#rows').evaluate((rows) => (rows.scrollTop = 0));
  await page.locator('#rows .row').first().locator('.pick input').check({ force: true });
  await page.locator('.bulk-count', { hasText: '2' }).waitFor();
  const title = 'Anchor chain rattles';
  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: title, body: 'All night.' }));
  await page.locator('.newer').or(row(page, title)).first().waitFor();
  assert.equal(await page.locator('#rows .row.picked').count(), 2);
  assert.equal(await page.locator(`#row-${far} .pick input`).isChecked(), true);
  // Whoever asks for the new rows begins at the top again, and is told how many are still picked.
  await page.locator('.newer').click();
  await row(page, title).waitFor();
  await page.locator('.bulk-count', { hasText: '1' }).waitFor();
  await page.watch.assertQuiet();
});

test('of two rows that are opened one after the other the second is shown, however long the first takes', async (t) => {
  const page = await agent(t, 'jonas', open);
  const [slow, quick] = await numbers(page);
  const held = gate();
  await page.route(`**/desk/fragments/tickets/${slow}`, async (route) => {
    await held.passed;
    await route.continue();
  });
  const asked = page.waitForRequest(`**/desk/fragments/tickets/${slow}`);
  await page.locator(`#row-${slow} a.row-subject`).evaluate((link) => link.click());
  await asked;
  await page.locator(`#row-${quick} a.row-subject`).evaluate((link) => link.click());
  await page.locator(`#ticket[data-ticket="${quick}"]`).waitFor();
  const answered = page.waitForResponse(`**/desk/fragments/tickets/${slow}`);
  held.open();
  await (await answered).finished();
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  assert.equal(await page.locator('#ticket').getAttribute('data-ticket'), quick);
  assert.match(page.url(), new RegExp(quick));
  await page.watch.assertQuiet();
});

test('the way back leads to the list also after a page that told something, and a link within the page loads nothing anew', async (t) => {
  const page = await agent(t, 'femi', open);
  await choose(page, 'layout', 'full');
  const number = (await numbers(page))[2];
  await page.locator(`#row-${number} a.row-subject`).click();
  await page.locator(`#ticket[data-ticket="${number}"]`).waitFor();
  await page.goto(`${page.url()}&told=changed`);
  await page.waitForFunction(() => !location.search.includes('told'));
  await page.locator('#ticket .back').click();
  await page.locator(`#row-${number}`).waitFor();
  assert.equal(new URL(page.url()).pathname, open);
  await page.evaluate(() => (window.isSame = true));
  await page.locator('a[href="#main"]').press('Enter');
  await page.waitForFunction(() => location.hash === '#main');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '');
  assert.equal(await page.evaluate(() => window.isSame), true);
  await Promise.all([page.waitForNavigation(), page.locator('.inbox-head .segments [value=split]').click()]);
  await page.watch.assertQuiet();
});

test('two columns that are made wider in one go both stay so', async (t) => {
  const page = await agent(t, 'ilze', open);
  const edges = page.locator('.row-heads .edge');
  const units = () => edges.evaluateAll((all) => all.slice(0, 2).map((edge) => edge.getAttribute('aria-valuenow')));
  const before = await units();
  let kept = 0;
  page.on('response', (response) => { if (response.url().endsWith('/desk/lists')) kept += 1; });
  await edges.evaluateAll((all) => all.slice(0, 2).forEach((edge) => edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))));
  await until(() => kept === 2, 'both widths are kept');
  const after = await units();
  assert.deepEqual(after, before.map((one) => String(Number(one) + 1)));
  await page.reload();
  assert.deepEqual(await units(), after);
  await page.watch.assertQuiet();
});
