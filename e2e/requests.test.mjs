// The customer's side: they see what is theirs, answer it, and never what was said among us.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, openTicket, row, sampleCompany, screenshot, signedIn, told } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const visit = (t, who, path, options) => signedIn(t, browser, steward, who, path, options);

test('a requester raises a request, the answer is there for them and the note is not, and their answer reopens the work', async (t) => {
  const title = 'Window seat for the night ferry';
  const rosa = await visit(t, 'rosa', '/requests/new');
  await rosa.fill('[name=title]', title);
  await rosa.fill('[name=body]', 'Deck four, if there is one.');
  if (await rosa.locator('[name=desk]').count()) await rosa.selectOption('[name=desk]', { label: 'IT' });
  await rosa.locator('.portal-form button[type=submit]').click();
  await rosa.locator('h1', { hasText: title }).waitFor();
  const address = new URL(rosa.url()).pathname;
  assert.match(address, /^\/requests\/[A-Z]+-\d+$/);

  const jonas = await visit(t, 'jonas', '/desk/views/open');
  await row(jonas, title).waitFor();
  await openTicket(jonas, title);
  await jonas.locator('#tab-note').click();
  await jonas.keyboard.type('She asks every year.');
  await jonas.keyboard.press('Control+Enter');
  await jonas.locator('.message.note', { hasText: 'every year' }).waitFor();
  await jonas.locator('#tab-reply').click();
  await jonas.keyboard.type('Seat 4-12 is yours.');
  await jonas.keyboard.press('Control+Enter');
  await told(jonas, 'Seat 4-12 is yours.');

  await rosa.goto(steward.url + address);
  await rosa.getByText('Seat 4-12 is yours.').waitFor();
  assert.doesNotMatch(await rosa.content(), /every year/);
  await rosa.fill('[name=text]', 'Lovely, and one for my brother?');
  await rosa.locator('.portal-form button[type=submit]').click();
  await rosa.locator('article', { hasText: 'one for my brother' }).waitFor();
  await told(jonas, 'one for my brother');
  await jonas.locator('#ticket-head').getByText('Waiting for us').first().waitFor();
  await rosa.goto(`${steward.url}/requests`);
  await rosa.getByText(title).first().waitFor();
  assert.doesNotMatch(await rosa.content(), /every year/);
  for (const page of [rosa, jonas]) await page.watch.assertQuiet();
});

test('a requester gets nothing of the workspace, and nothing of what is not theirs', async (t) => {
  const jonas = await visit(t, 'jonas', '/desk/views/open?q=-requester:rosa@brackwater.example');
  const foreign = (await jonas.locator('#rows a.row-subject').first().getAttribute('href')).match(/[A-Z]+-\d+/)[0];
  const rosa = await visit(t, 'rosa', '/requests');
  const status = async (path) => (await rosa.context().request.get(steward.url + path, { maxRedirects: 0 })).status();
  for (const path of ['/desk', '/desk/live', `/desk/tickets/${foreign}`, `/desk/fragments/tickets/${foreign}`, '/desk/new']) assert.equal(await status(path), 403, path);
  assert.equal(await status(`/requests/${foreign}`), 404);
  assert.equal(await status('/requests/INC-999999'), 404);
  await rosa.watch.assertQuiet();
});

test('the pages of a requester fit a phone and are accessible, in light and dark', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const rosa = await visit(t, 'rosa', '/requests', { colorScheme, viewport: { width: 360, height: 780 } });
    await assertFits(rosa, '/requests');
    await assertAccessible(rosa, '/requests');
    await screenshot(rosa, `requests-${colorScheme}`);
    await rosa.locator('.request-list a').first().click();
    await rosa.locator('.portal-form').waitFor();
    await assertFits(rosa, 'a request');
    await assertAccessible(rosa, 'a request');
    await screenshot(rosa, `request-${colorScheme}`);
    await rosa.goto(`${steward.url}/requests/new`);
    await assertFits(rosa, '/requests/new');
    await assertAccessible(rosa, '/requests/new');
    await rosa.watch.assertQuiet();
  }
});
