// Several people at one desk: who is there, what is begun, what happens when two do the same, and that nothing typed is lost.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { fillSignIn, gate, letter, openBrowser, openPage, openTicket, ownPage, row, sampleCompany, screenshot, signedIn, signIn, told, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

async function agent(t, who, title, options) {
  const page = await signedIn(t, browser, steward, who, '/desk/views/open', options);
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
  // Not by openPage: what a page says while it goes away does not pass a watch on the way of requests.
  const context = await browser.newContext({ locale: 'en-GB' });
  t.after(() => context.close());
  const mei = await context.newPage();
  await signIn(mei, steward, 'mei', '/desk/views/open');
  await row(mei, title).waitFor();
  await openTicket(mei, title);
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is viewing' }).waitFor();
  await row(jonas, title).getByRole('img', { name: /Mei Tanaka is viewing/ }).waitFor();
  await body(mei).pressSequentially('Hello Kaja');
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is writing a reply' }).waitFor();
  assert.equal(await jonas.locator('#presence-said').textContent(), 'Mei Tanaka is writing a reply');
  await screenshot(jonas, 'together-presence');
  await mei.goto(`${steward.url}/desk/me`);
  // Commonly at once; what a page says while it goes away may be lost on a busy machine, and then the lease of a minute ends it.
  await head(jonas).locator('.avatar').first().waitFor({ state: 'detached', timeout: 75_000 });
  await row(jonas, title).locator('.row-people .avatar').first().waitFor({ state: 'detached', timeout: 75_000 });
  await jonas.watch.assertQuiet();
});

test('a window that is gone without a word, as with its machine, is not shown at the ticket any longer', async (t) => {
  const title = 'Rope ladder frays';
  await mail(title);
  const jonas = await agent(t, 'jonas', title);
  const mei = await agent(t, 'mei', title);
  await mei.route('**/desk/presence/leave', (route) => route.abort());
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is viewing' }).waitFor();
  await mei.context().close();
  await head(jonas).locator('.avatar').first().waitFor({ state: 'detached', timeout: 20_000 });
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
  await second.fill('#composer-body', 'From the phone.');
  await saved(second);
  await body(first).press('End');
  await body(first).pressSequentially(' And more.');
  await first.locator('#composer-state', { hasText: /kept as another version/i }).waitFor();
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

test('a draft survives the server being killed while one types', async (t) => {
  const own = await sampleCompany(t);
  const page = await ownPage(t, browser);
  page.watch.forgive(/ERR_|status of (401|5\d\d)|Failed to fetch/);
  await signIn(page, own, 'jonas', '/desk/views/open');
  await page.locator('#rows .row a.row-subject').first().click();
  await page.locator('#composer-body').waitFor();
  await body(page).pressSequentially('Before the fall.');
  await saved(page);
  const port = new URL(own.url).port;
  own.child.kill('SIGKILL');
  await own.ended;
  await body(page).press('End');
  await body(page).pressSequentially(' And after it.');
  await page.locator('#composer-state', { hasText: /browser/i }).waitFor();
  await own.serveAgain(port);
  await page.reload();
  await stands(page, 'Before the fall. And after it.');
  await saved(page);
});

test('a session that ends while one types loses nothing: signing in beside it goes on where one was', async (t) => {
  const title = 'Searchlight stays dark';
  await mail(title);
  const page = await agent(t, 'mei', title);
  page.watch.forgive(/status of (401|403)|ERR_|MIME type/);
  await body(page).pressSequentially('We bring a new lamp');
  await saved(page);
  await page.context().clearCookies();
  await body(page).press('End');
  await body(page).pressSequentially(' at noon.');
  await page.locator('.session-bar').waitFor();
  await stands(page, 'We bring a new lamp at noon.');
  await screenshot(page, 'together-signed-out');
  const [door] = await Promise.all([page.context().waitForEvent('page'), page.locator('.session-bar a').click()]);
  await fillSignIn(door, 'mei');
  await door.waitForURL((url) => url.pathname !== '/login');
  await door.close();
  await page.bringToFront();
  await page.locator('.session-bar').waitFor({ state: 'detached' });
  await saved(page);
  await body(page).press('Control+Enter');
  await told(page, 'We bring a new lamp at noon.');
  await page.watch.assertQuiet();
});

test('mail arrives, one agent answers, the customer replies meanwhile, a second agent is warned while typing, and they finish by keyboard only', async (t) => {
  const title = 'Passengers wait at gate five';
  const first = letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: title, body: 'The gate stays shut.' });
  await write(steward, first);
  const jonas = await agent(t, 'jonas', title);
  const mei = await agent(t, 'mei', title);
  await jonas.keyboard.press('r');
  await jonas.keyboard.type('We are on the way.');
  await jonas.keyboard.press('Control+Enter');
  await told(jonas, 'We are on the way.');
  await told(mei, 'We are on the way.');
  mei.watch.forgive(/status of 409/);
  await mei.keyboard.press('r');
  await mei.keyboard.type('Please restart gate five');
  await head(jonas).getByRole('img', { name: 'Mei Tanaka is writing a reply' }).waitFor();

  const id = first.match(/^Message-ID: (.*)$/m)[1];
  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: `Re: ${title}`, body: 'It opened by itself, leave it alone.', headers: [`In-Reply-To: ${id}`] }));
  await told(mei, 'It opened by itself');
  await mei.locator('.composer-came', { hasText: 'Kaja Lind' }).waitFor();
  // What arrives moves neither caret nor words.
  await mei.keyboard.type(' now.');
  await stands(mei, 'Please restart gate five now.');
  await mei.keyboard.press('Control+Enter');
  const guard = mei.locator('dialog.guard');
  await guard.locator('blockquote', { hasText: 'It opened by itself' }).waitFor();
  await screenshot(mei, 'together-guard');
  assert.equal(await mei.evaluate(() => document.activeElement.hasAttribute('data-back')), true, 'going back comes first');
  await mei.keyboard.press('Enter');
  await guard.waitFor({ state: 'detached' });
  await stands(mei, 'Please restart gate five now.');
  await mei.keyboard.press('Control+a');
  await mei.keyboard.type('Good. We look at it tomorrow.');
  await mei.keyboard.press('Control+Enter');
  await guard.waitFor();
  await mei.keyboard.press('Tab');
  await mei.keyboard.press('Enter');
  await told(mei, 'Good. We look at it tomorrow.');
  await told(jonas, 'Good. We look at it tomorrow.');
  await mei.locator('#timeline').focus();
  await mei.keyboard.press('e');
  await told(jonas, /Resolved/);
  for (const one of [jonas, mei]) await one.watch.assertQuiet();
});

test('two change the same property: the second sees both and chooses, nothing is overwritten', async (t) => {
  const title = 'Whistle out of tune';
  await mail(title);
  const jonas = await agent(t, 'jonas', title);
  const mei = await agent(t, 'mei', title);
  mei.watch.forgive(/status of 412/);
  // Mei opens her menu first: an open menu is left as it is.
  await mei.locator('#pick-assign > summary, #pick-assignee > summary').first().click();
  const menu = (page) => page.locator('#pick-assign .menu-item, #pick-assignee .menu-item');
  await jonas.locator('#pick-assign > summary, #pick-assignee > summary').first().click();
  await menu(jonas).filter({ hasText: 'Ilze' }).first().click();
  await told(jonas, /Assignee.*Ilze/);
  await told(mei, /Assignee.*Ilze/);
  await menu(mei).filter({ hasText: 'Mei Tanaka' }).first().click();
  const conflict = mei.locator('dialog.conflict');
  await conflict.getByText('Jonas').waitFor();
  await screenshot(mei, 'together-conflict');
  await conflict.locator('label', { hasText: 'Mei Tanaka' }).click();
  await conflict.locator('footer button').click();
  await told(jonas, /Assignee.*Mei Tanaka/);
  for (const one of [jonas, mei]) await one.watch.assertQuiet();
});

test('a draft is shown to a colleague, who comments, edits, approves and sends it; the timeline says who wrote and who approved', async (t) => {
  const title = 'Refund for the late crossing';
  await mail(title);
  const jonas = await agent(t, 'jonas', title);
  const mei = await agent(t, 'mei', title);
  await body(jonas).pressSequentially('We refund half of the fare.');
  await saved(jonas);
  await jonas.locator('[data-ask-review]').click();
  await jonas.locator('#ask-reviewer').selectOption({ label: 'Mei Tanaka' });
  await jonas.locator('#ask-words').fill('Is half enough?');
  await jonas.locator('#ask-review button[type=submit]').click();
  const sheet = mei.locator('.review');
  await sheet.getByText('Jonas Weld asks you to review this draft').waitFor();
  await sheet.getByText('Is half enough?').waitFor();
  await screenshot(mei, 'together-review');
  await sheet.locator('.review-say summary').click();
  await sheet.locator('.review-say textarea').fill('All of it, I think.');
  await sheet.locator('.review-say button').click();
  await jonas.locator('.review', { hasText: 'All of it, I think.' }).waitFor();
  await sheet.locator('form[action$="/approve"] button').click();
  await jonas.locator('.review', { hasText: 'Mei Tanaka approved this draft' }).waitFor();
  await sheet.locator('.review-bar > form[action$="/send"] button').click();
  await told(mei, 'We refund half of the fare.');
  await told(jonas, /Sent as written by .*Jonas Weld.* approved by .*Mei Tanaka/);
  await stands(jonas, '');
  for (const one of [jonas, mei]) await one.watch.assertQuiet();
});

test('a reviewer writes into a shared draft: it is kept as it is typed, its recipients stay, and all of it is sent', async (t) => {
  const title = 'Voucher for the missed ferry';
  await mail(title);
  const [jonas, mei] = [await agent(t, 'jonas', title), await agent(t, 'mei', title)];
  await body(jonas).pressSequentially('You get a voucher.');
  await saved(jonas);
  await jonas.locator('[data-ask-review]').click();
  await jonas.locator('#ask-reviewer').selectOption({ label: 'Mei Tanaka' });
  await jonas.locator('#ask-review button[type=submit]').click();
  const sheet = mei.locator('.review');
  await sheet.locator('.review-edit > summary').click();
  await sheet.locator('.review-edit form[data-kept] [id^=review-body-]').first().click();
  await mei.keyboard.press('Control+End');
  await mei.keyboard.type(' It is good for a year.');
  await mei.keyboard.press('Control+Enter');
  await sheet.locator('.review-state', { hasText: /saved/i }).waitFor();
  assert.equal(await sheet.count(), 1, 'keeping is not sending');
  await stands(jonas, 'You get a voucher. It is good for a year.');
  assert.equal(await jonas.locator('.composer-to input[name=requester]').isChecked(), true, 'who gets it was not touched');
  await mei.keyboard.type(' And for two.');
  await sheet.locator('.review-bar > form[action$="/send"] button').click();
  await told(mei, 'You get a voucher. It is good for a year. And for two.');
  await told(jonas, /Sent as written by .*Jonas Weld/);
  await stands(jonas, '');
  for (const one of [jonas, mei]) await one.watch.assertQuiet();
});

test('a reply that could not be sent is a draft at once, and what is written while one is sent stays', async (t) => {
  const title = 'Lamp of the lighthouse';
  await mail(title);
  const page = await agent(t, 'jonas', title);
  page.watch.forgive(/ERR_FAILED/);
  await page.route('**/reply', (route) => route.abort(), { times: 1 });
  await body(page).pressSequentially('We change it');
  await page.keyboard.press('Control+Enter');
  await page.locator('#notices .refused').waitFor();
  await saved(page);
  const held = gate();
  await page.route('**/reply', async (route) => {
    await held.passed;
    await route.continue();
  }, { times: 1 });
  const asked = page.waitForRequest('**/reply');
  await page.keyboard.press('Control+Enter');
  await asked;
  await page.keyboard.type(' on Monday');
  held.open();
  await told(page, 'We change it');
  await saved(page);
  await page.reload();
  await stands(page, 'on Monday');
  await page.watch.assertQuiet();
});

test('words of a note that is on its way never become words of a reply', async (t) => {
  const title = 'Key of the lighthouse';
  await mail(title);
  const page = await agent(t, 'jonas', title);
  await page.locator('#tab-note').click();
  await body(page).pressSequentially('Only for us.');
  const held = gate();
  await page.route('**/note', async (route) => {
    await held.passed;
    await route.continue();
  }, { times: 1 });
  const asked = page.waitForRequest('**/note');
  await page.keyboard.press('Control+Enter');
  await asked;
  await page.locator('#tab-reply').click();
  await page.keyboard.type('For you.');
  held.open();
  await told(page, 'Only for us.');
  await stands(page, 'For you.');
  await page.watch.assertQuiet();
});
