// The record of a ticket in the panel: tasks, time, links, people, snooze, properties in place, and logging a call.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertFits, openBrowser, openTicket, row, sampleCompany, screenshot, signedIn, told } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const agent = (t, who, path, options) => signedIn(t, browser, steward, who, path, options);

async function arrived(page, title) {
  await page.goto(`${steward.url}/desk/new`);
  await page.fill('#requester', 'kaja.lind@northpier.example');
  await page.fill('#title', title);
  await page.fill('#body', 'As the subject says.');
  await page.locator('#new-ticket .primary').click();
  await page.locator('#ticket-title', { hasText: title }).waitFor();
}

const task = (page, title) => page.locator(`#tasks .task:has(.task-title:text-is("${title}"))`);
const titles = (page) => page.locator('#tasks .task-title').allInnerTexts();

test('tasks are added in a row, ordered by keyboard, wait for each other, and a mandatory one keeps the ticket from being resolved', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  page.watch.forgive(/status of 422/);
  await arrived(page, 'A badge for the new purser');
  for (const title of ['Ask the manager', 'Print the badge', 'Hand it over']) {
    await page.fill('#task-new', title);
    await page.keyboard.press('Enter');
    await task(page, title).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'task-new', 'the next task can be typed at once');
  }
  assert.match(await page.locator('.tasks-done').innerText(), /0 of 3/);

  await task(page, 'Hand it over').locator('.task-tick').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.waitForFunction(() => document.querySelectorAll('#tasks .task-title')[1]?.textContent === 'Hand it over');
  assert.deepEqual(await titles(page), ['Ask the manager', 'Hand it over', 'Print the badge']);

  await task(page, 'Print the badge').locator('.task-edit > summary').click();
  await task(page, 'Print the badge').getByLabel('Ask the manager').check();
  await task(page, 'Print the badge').getByLabel(/Mandatory/).check();
  await screenshot(page, 'record-task');
  await task(page, 'Print the badge').locator('button[value=save]').click();
  await task(page, 'Print the badge').getByText('waits for Ask the manager').waitFor();
  await task(page, 'Print the badge').locator('.task-tick').click();
  await page.locator('#notices', { hasText: 'Ask the manager' }).waitFor();

  await page.locator('#timeline').focus();
  await page.keyboard.press('e');
  await page.locator('#notices', { hasText: 'Print the badge' }).waitFor();
  await task(page, 'Ask the manager').locator('.task-tick').click();
  await told(page, /Task done.*Ask the manager/);
  await task(page, 'Print the badge').locator('.task-tick').click();
  await told(page, /Task done.*Print the badge/);
  await page.locator('.tasks-done', { hasText: '2 of 3' }).waitFor();
  await page.locator('#timeline').focus();
  await page.keyboard.press('e');
  await told(page, /Status.*Resolved/);
  await page.watch.assertQuiet();
});

test('properties change where they stand, say what comes of it, and the priority comes from impact and urgency', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  await arrived(page, 'The till at the quay is slow');
  await page.locator('#pick-priority > summary').click();
  await page.locator('#pick-priority').getByText('The requester is not told').waitFor();
  await page.locator('#pick-priority .matrix-cell[value=high-high]').click();
  await told(page, /Priority.*Critical/);
  await page.locator('#pick-service > summary').click();
  await page.fill('#edit-service', 'Tills');
  await page.keyboard.press('Enter');
  await told(page, /Service.*Tills/);
  await page.locator('#pick-tags > summary').click();
  await page.fill('#edit-tags', 'till quay');
  await page.keyboard.press('Enter');
  await page.locator('#pick-tags .tag', { hasText: 'quay' }).waitFor();
  await page.locator('#pick-title > summary').click();
  await page.fill('#edit-title', 'The till at the quay hangs');
  await page.keyboard.press('Enter');
  await page.locator('#ticket-title', { hasText: 'hangs' }).waitFor();
  const before = await page.locator('#ticket').getAttribute('data-ticket');
  await page.locator('#pick-kind > summary').click();
  await page.locator('#pick-kind').getByText(`${before} will always lead here`).waitFor();
  const other = await page.locator('#pick-kind .menu-item:not([aria-current])').first();
  await other.click();
  await page.waitForFunction((was) => document.querySelector('#ticket')?.dataset.ticket !== was, before);
  await page.goto(`${steward.url}/desk/tickets/${before}`);
  await page.locator('#ticket-title', { hasText: 'hangs' }).waitFor();
  await page.watch.assertQuiet();
});

test('a ticket is put off by two keys, leaves the inbox and its list says so, and a reply brings it back', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  const title = 'Waiting for the yard';
  await arrived(page, title);
  await page.locator('#timeline').focus();
  await page.keyboard.press('s');
  await page.locator('#pick-snooze .menu-item', { hasText: 'Until a reply' }).click();
  await page.locator('.snoozed', { hasText: 'Snoozed until a reply' }).waitFor();
  await screenshot(page, 'record-snoozed');
  await page.goto(`${steward.url}/desk/views/snoozed`);
  await row(page, title).waitFor();
  await page.goto(`${steward.url}/desk/views/waiting-for-us`);
  await page.locator('#rows').waitFor();
  assert.equal(await row(page, title).count(), 0);
  await page.goto(`${steward.url}/desk/views/snoozed`);
  await openTicket(page, title);
  await page.locator('.snoozed button').click();
  await told(page, /Taken out of snooze/);
  assert.equal(await page.locator('.snoozed').count(), 0);
  await page.watch.assertQuiet();
});

test('a timer survives a reload, its time is kept with a word, and links and watchers are shown', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  await arrived(page, 'The crane hums');
  await page.locator('#timer-start').click();
  await page.locator('.timer-clock[data-running=true]').waitFor();
  await page.reload();
  await page.locator('.timer-clock[data-running=true]').waitFor();
  await page.locator('#timer-stop').click();
  await page.locator('#timer-start').waitFor();
  await page.locator('#pick-time > summary').click();
  await page.fill('#time-minutes', '95');
  await page.fill('#time-note', 'On the crane');
  await page.locator('#pick-time button[value=save]').click();
  await told(page, /1 h 35 min worked/);
  await page.locator('#time h2', { hasText: '1 h 35 min' }).waitFor();

  await page.locator('#timeline').focus();
  await page.keyboard.press('w');
  await page.locator('#people', { hasText: 'Stop watching' }).waitFor();
  await told(page, /Jonas.*watching/);

  await page.locator('#pick-link > summary').click();
  await page.locator('#link-target').pressSequentially('till');
  await page.locator('#links .finds [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.match(await page.inputValue('#link-target'), /^[A-Z]+-\d+$/);
  await page.locator('#pick-link button[type=submit]').click();
  await page.locator('#links .link').waitFor();
  await screenshot(page, 'record-panel');
  await page.locator('#links .link form button').click();
  await page.locator('#links .link').waitFor({ state: 'detached' });
  await page.watch.assertQuiet();
});

test('a call is logged by keyboard: the caller is found while typing and their open tickets stand beside', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  await page.locator('#rows').waitFor();
  await page.goto(`${steward.url}/desk/new`);
  await page.locator('#requester').pressSequentially('ros');
  await page.locator('.finds [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#known-caller').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'title');
  await screenshot(page, 'record-call');
  await page.keyboard.type('Keys left at the counter');
  await page.fill('#body', 'She called from the ship.');
  await page.fill('#minutes', '4');
  await page.keyboard.press('Control+Enter');
  await page.locator('#ticket-title', { hasText: 'Keys left at the counter' }).waitFor();
  await told(page, /4 min worked/);
  await page.locator('#pick-assignee', { hasText: 'Jonas' }).waitFor();
  await page.watch.assertQuiet();
});

test('the panel and the call form fit a telephone', async (t) => {
  const page = await agent(t, 'jonas', '/desk/new', { viewport: { width: 360, height: 740 } });
  await assertFits(page, 'the call form');
  await page.goto(`${steward.url}/desk`);
  await page.locator('#rows a.row-subject').first().click();
  await page.locator('#ticket').waitFor();
  await page.locator('[data-toggles=about]').click();
  await page.locator('#tasks').waitFor();
  await page.locator('#pick-priority > summary').click();
  await assertFits(page, 'the panel');
  await screenshot(page, 'record-phone');
});

test('what is half typed in the panel stays when another form is accepted, and when its own is refused', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  await arrived(page, 'The bilge pump stutters');
  await page.fill('#task-new', 'Order a ga');
  await page.locator('#pick-title > summary').click();
  await page.fill('#edit-title', 'The bilge pump st');
  await page.keyboard.press('Escape');
  await page.locator('#timer-start').click();
  await page.locator('.timer-clock[data-running=true]').waitFor();
  assert.equal(await page.inputValue('#task-new'), 'Order a ga');
  assert.equal(await page.inputValue('#edit-title'), 'The bilge pump st');
  await page.focus('#task-new');
  await page.keyboard.press('End');
  await page.keyboard.type('sket');
  await page.keyboard.press('Enter');
  await task(page, 'Order a gasket').waitFor();
  assert.equal(await page.inputValue('#task-new'), '', 'what was accepted is fresh');

  const colleague = await agent(t, 'mei', new URL(page.url()).pathname);
  page.watch.forgive(/status of 412/);
  const edit = (one) => one.locator('#tasks .task-edit');
  await edit(page).locator('summary').click();
  await edit(page).locator('[name=title]').fill('Order two gaskets');
  await edit(colleague).locator('summary').click();
  await edit(colleague).locator('[name=title]').fill('Order a gasket of rubber');
  await edit(colleague).locator('button[value=save]').click();
  await task(colleague, 'Order a gasket of rubber').waitFor();
  await edit(page).locator('button[value=save]').click();
  await page.locator('#notices .refused').waitFor();
  await task(page, 'Order a gasket of rubber').waitFor();
  assert.equal(await edit(page).locator('[name=title]').inputValue(), 'Order two gaskets');
  await edit(page).locator('button[value=save]').click();
  await task(page, 'Order two gaskets').waitFor();
  await page.watch.assertQuiet();
});

test('fields in menus have their own keys: arrows choose in them, Enter in a time means that time', async (t) => {
  const page = await agent(t, 'jonas', '/desk');
  await arrived(page, 'The galley door jams');
  await page.locator('#pick-time > summary').click();
  await page.focus('#time-work');
  const before = await page.inputValue('#time-work');
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await page.inputValue('#time-work'), before);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'time-work');
  await page.fill('#time-minutes', '7');
  await page.focus('#time-minutes');
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.inputValue('#time-minutes'), '8');
  await page.keyboard.press('Escape');

  await page.locator('#pick-priority > summary').click();
  await page.focus('#pick-priority .matrix-cell');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.matches('#pick-priority .matrix-cell:not([value=high-high])')), true);
  await page.fill('#priority-reason', 'The cook waits');
  await page.press('#priority-reason', 'Enter');
  assert.equal(await page.evaluate(() => document.activeElement.matches('#pick-priority .menu-item[aria-current]')), true, 'the choices come next');
  await page.keyboard.press('Escape');

  await page.locator('#pick-snooze > summary').click();
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.fill('#snooze-at', `${day}T07:13`);
  await page.press('#snooze-at', 'Enter');
  await page.locator('.snoozed', { hasText: /0?7:13/ }).waitFor();
  await page.watch.assertQuiet();
});
