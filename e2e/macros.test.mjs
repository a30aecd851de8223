// Macros: several changes and a reply under one name, looked at before, run by the keyboard alone, and taken back as one.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, letter, openBrowser, openTicket, row, sampleCompany, screenshot, signedIn, until, write, written } from './support.mjs';

const browser = await openBrowser({ after });
// Long enough that nothing is sent before it is taken back.
const steward = await sampleCompany({ after }, '--undo-send-seconds', '60');
const CUSTOMER = 'kaja.lind@northpier.example';

async function opened(t, subject, options) {
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open', options);
  await write(steward, letter({ from: `Kaja Lind <${CUSTOMER}>`, subject, body: 'The lamp at pier 4 does not burn.' }));
  await row(page, subject).locator('a.row-subject').waitFor();
  await openTicket(page, subject);
  return page;
}

const plan = (page) => page.locator('dialog.macro-box #macro-plan');
const notice = (page, words) => page.locator('#notices .notice', { hasText: words }).waitFor();
const status = (page, words) => page.locator('#ticket-head', { hasText: words }).waitFor();

test('by keyboard alone: a macro is found, looked at, run, and one undo takes all of it back', async (t) => {
  const page = await opened(t, 'Macro lamp is dark');
  await page.fill('#composer-body', 'Half a thought.');
  await page.locator('#timeline').focus();
  await page.keyboard.press('m');
  const item = page.locator('#pick-macro .menu-item', { hasText: 'Ask for a picture and wait' });
  await item.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('#pick-macro .menu'));
  await until(async () => {
    if (await item.evaluate((one) => one === document.activeElement)) return true;
    await page.keyboard.press('ArrowDown');
    return false;
  }, 'the macro has the focus');
  await page.keyboard.press('Enter');
  await plan(page).getByText('Reply to Kaja Lind').waitFor();
  await plan(page).locator('.macro-changes', { hasText: 'needs-picture' }).waitFor();
  await plan(page).locator('.macro-said', { hasText: 'Hello Kaja' }).waitFor();
  await assertAccessible(page, 'a macro before it is run');
  await screenshot(page, 'macro-plan');
  await page.waitForFunction(() => document.activeElement?.matches('#macro-plan button[type=submit]'));
  await page.keyboard.press('Enter');
  await notice(page, 'Macro run');
  await status(page, 'Pending');
  await page.locator('.sends form', { hasText: 'please send us a picture' }).waitFor();
  assert.equal((await written(page)).trim(), 'Half a thought.', 'what was being written stays');
  await page.locator('#timeline').focus();
  await page.keyboard.press('z');
  await notice(page, 'Undone');
  await page.locator('.sends form').waitFor({ state: 'detached' });
  await page.locator('.snoozed').waitFor({ state: 'detached' });
  await until(async () => !(await page.locator('#about').innerText()).includes('needs-picture'), 'the tag is gone');
  assert.equal((await written(page)).trim(), 'Half a thought.');
  await page.watch.assertQuiet();
});

test('the palette finds macros by their name, and leaving the plan changes nothing', async (t) => {
  const page = await opened(t, 'Palette lamp is dark');
  const version = await page.locator('#ticket').getAttribute('data-version');
  await page.locator('#timeline').focus();
  await page.keyboard.press('Control+k');
  await page.locator('#palette-input').fill('solved: thank');
  await page.locator('#palette-list [aria-selected=true]', { hasText: 'Solved: thank and resolve' }).waitFor();
  await page.keyboard.press('Enter');
  await plan(page).locator('.macro-changes', { hasText: 'Resolved' }).waitFor();
  await page.keyboard.press('Escape');
  await plan(page).waitFor({ state: 'detached' });
  assert.equal(await page.locator('#ticket').getAttribute('data-version'), version);
  assert.equal(await page.locator('.sends form').count(), 0);
  await page.watch.assertQuiet();
});

test('a macro is written, refused where it does nothing, changed and taken away; pages fit a phone', async (t) => {
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/macros');
  page.watch.forgive(/status of 422/);
  await page.locator('a.button.primary', { hasText: 'New macro' }).click();
  await page.fill('#title', 'Night shift');
  await page.locator('form[data-editor] button[data-send]').click();
  await page.locator('.banner.refused', { hasText: 'Choose at least one step' }).waitFor();
  await page.selectOption('#assignee', 'me');
  await page.selectOption('#snooze', '4h');
  await page.fill('#add_tags', 'night, gate');
  await page.selectOption('#kind', 'note');
  await page.fill('#macro-body', 'Taken by {{agent.name}}.');
  await assertAccessible(page, 'the form of a macro');
  await assertFits(page, 'the form of a macro');
  await screenshot(page, 'macro-form');
  await page.locator('form[data-editor] button[data-send]').click();
  const line = page.locator('.canned-list li', { hasText: 'Night shift' });
  await line.getByText('+night +gate').waitFor();
  await assertAccessible(page, 'the list of macros');
  await screenshot(page, 'macros');
  await line.locator('a').click();
  assert.equal(await page.locator('#snooze').inputValue(), '4h');
  assert.match(await page.locator('#macro-body').inputValue(), /Taken by \{\{agent\.name\}\}\./);
  await page.locator('form.canned-remove button').click();
  await page.locator('.canned-list').waitFor();
  assert.equal(await line.count(), 0);
  await page.watch.assertQuiet();
});
