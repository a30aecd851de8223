// Several people at one desk: who is there, what is begun, what happens when two do the same, and that nothing typed is lost.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { letter, openBrowser, openPage, openTicket, row, sampleCompany, screenshot, signIn, told, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

async function agent(t, who, title, options) {
  const page = await openPage(browser, options);
  t.after(() => page.context().close());
  await signIn(page, steward, who, '/desk/views/open');
  if (title) {
    await row(page, title).waitFor();
    await openTicket(page, title);
  }
  return page;
}

const mail = (subject, body = 'Please have a look.', from = 'Kaja Lind <kaja.lind@northpier.example>') => write(steward, letter({ from, subject, body }));

const body = (page) => page.locator('#composer-body');
/** The editor holds exactly these words, rich or plain. */
const stands = (page, words) => page.waitForFunction((wanted) => {
  const field = document.querySelector('#composer-body');
  return (field?.value ?? field?.innerText ?? '').trim() === wanted;
}, words);
const head = (page) => page.locator('[data-presence]');
const saved = (page) => page.locator('#composer-state', { hasText: /saved/i }).waitFor();

test('a colleague is seen at the ticket and in its row, first reading, then writing, and is gone when they leave', async (t) => {
  const title = 'Boarding gate blinks';
  await mail(title);
  const jonas = await agent(t, 'jonas', title);
  const mei = await agent(t, 'mei', title);
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is viewing' }).waitFor();
  await row(jonas, title).getByRole('img', { name: /Mei Tanaka is viewing/ }).waitFor();
  await body(mei).pressSequentially('Hello Kaja');
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is writing a reply' }).waitFor();
  assert.equal(await jonas.locator('#presence-said').textContent(), 'Mei Tanaka is writing a reply');
  await screenshot(jonas, 'together-presence');
  await mei.close({ runBeforeUnload: true });
  await head(jonas).locator('.avatar').first().waitFor({ state: 'detached' });
  await row(jonas, title).locator('.row-people .avatar').first().waitFor({ state: 'detached' });
  await jonas.watch.assertQuiet();
});

test('what is typed is on the server a moment later: it survives the page, another device, and is gone once it is sent', async (t) => {
  const title = 'Radio cracks on deck two';
  await mail(title);
  const page = await agent(t, 'jonas', title);
  await body(page).pressSequentially('We will send somebody.');
  await saved(page);
  await row(page, title).locator('.row-marks .icon').waitFor();
  await page.reload();
  await stands(page, 'We will send somebody.');
  const other = await agent(t, 'jonas', title);
  await stands(other, 'We will send somebody.');
  await page.locator('[data-drafts] a').click();
  await page.locator('.draft-line', { hasText: title }).waitFor();
  await screenshot(page, 'together-drafts');
  await page.locator('.draft-line', { hasText: title }).click();
  await stands(page, 'We will send somebody.');
  await body(page).press('Control+Enter');
  await told(page, 'We will send somebody.');
  await stands(other, '');
  await page.reload();
  await page.locator('#composer-body').waitFor();
  await stands(page, '');
  for (const one of [page, other]) await one.watch.assertQuiet();
});

test('two windows of one person: the newest words win and the others can be brought back', async (t) => {
  const title = 'Ferry timetable is wrong';
  await mail(title);
  const first = await agent(t, 'jonas', title);
  const second = await agent(t, 'jonas', title);
  await body(first).pressSequentially('From the desk.');
  await saved(first);
  await stands(second, 'From the desk.');
  await body(second).fill('From the phone.');
  await saved(second);
  await body(first).press('End');
  await body(first).pressSequentially(' And more.');
  await first.locator('#composer-state', { hasText: /another/i }).waitFor();
  await first.locator('[data-versions]').click();
  const version = first.locator('dialog.versions .draft-version', { hasText: 'From the phone.' });
  await version.waitFor();
  await screenshot(first, 'together-versions');
  await version.locator('button').click();
  await stands(first, 'From the phone.');
  await first.watch.assertQuiet();
});

test('a draft is thrown away at once, and undo brings it back', async (t) => {
  const title = 'Lost cap on the pier';
  await mail(title);
  const page = await agent(t, 'jonas', title);
  await body(page).pressSequentially('It hangs at the office.');
  await saved(page);
  await page.locator('[data-discard]').click();
  await stands(page, '');
  await page.locator('#composer-state button').click();
  await stands(page, 'It hangs at the office.');
  await saved(page);
  await page.watch.assertQuiet();
});
