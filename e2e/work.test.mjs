// What agents do with a ticket, told by its timeline, and seen by the colleague beside them without a reload.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { letter, openBrowser, openTicket, pick, row, sampleCompany, screenshot, signedIn, told, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const agent = (t, who, path) => signedIn(t, browser, steward, who, path);

test('note, assignment, priority with its reason, team, status and resolving are told, and appear at the colleague', async (t) => {
  const title = 'Radar screen flickers';
  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: title, body: 'Every few seconds, on the bridge.' }));
  const page = await agent(t, 'jonas', '/desk/views/open');
  const colleague = await agent(t, 'tomas', '/desk/views/open');
  for (const one of [page, colleague]) {
    await row(one, title).waitFor();
    await openTicket(one, title);
  }

  await page.keyboard.press('n');
  await page.keyboard.type('Ask the yard for the warranty.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.note', { hasText: 'Ask the yard' }).waitFor();
  await colleague.locator('.message.note', { hasText: 'Ask the yard' }).waitFor();

  await pick(page, 'assign', { text: 'Jonas' });
  await told(page, /Assignee.*Jonas/);
  await told(colleague, /Assignee.*Jonas/);
  await page.locator('#pick-priority > summary').click();
  await page.fill('#priority-reason', 'The ship sails at noon');
  await page.locator('#pick-priority .menu-item[value=critical]').click();
  await told(page, /Priority.*Critical.*The ship sails at noon/);
  await told(colleague, /Priority.*Critical.*The ship sails at noon/);
  const team = page.locator('#pick-team .menu-item').first();
  const name = (await team.textContent()).trim();
  await pick(page, 'team', { text: name });
  await told(page, new RegExp(`Team.*${name}`));
  await pick(page, 'status', { value: 'on_hold' });
  await told(page, /Status.*On hold/);
  await told(colleague, /Status.*On hold/);
  await screenshot(page, 'work-told');

  // The colleague takes it over and resolves it by one key.
  await pick(colleague, 'assign', { text: 'Mei Tanaka' });
  await told(page, /Assignee.*Mei Tanaka/);
  await colleague.locator('#timeline').focus();
  await colleague.keyboard.press('e');
  await told(colleague, /Status.*Resolved/);
  await told(page, /Status.*Resolved/);
  await page.locator('#ticket-head').getByText('Done').first().waitFor();
  await row(page, title).waitFor({ state: 'detached' });
  await page.reload();
  const texts = await page.locator('#timeline > :not(.day)').allInnerTexts();
  const order = [/flickers|Every few seconds/, /Ask the yard/, /Jonas/, /sails at noon/, /Team/, /On hold/, /Mei Tanaka/, /Resolved/];
  const places = order.map((words) => texts.findIndex((text) => words.test(text)));
  assert.ok(!places.includes(-1), texts.join('\n'));
  for (const one of [page, colleague]) await one.watch.assertQuiet();
});

test('a ticket for a caller is opened by form, its refusals are told beside their fields, and what was typed stays', async (t) => {
  const page = await agent(t, 'jonas', '/desk/new');
  page.watch.forgive(/status of 422/);
  await page.fill('[name=requester]', 'not-an-address@');
  await page.locator('main form').evaluate((form) => { form.noValidate = true; });
  await page.fill('[name=title]', 'Spare fuse for the crane');
  await page.fill('[name=body]', 'Called from the quay.');
  await page.locator('.form-end button').click();
  await page.locator('[name=requester][aria-invalid=true]').waitFor();
  assert.equal(await page.inputValue('[name=title]'), 'Spare fuse for the crane');
  assert.equal(await page.inputValue('[name=body]'), 'Called from the quay.');
  await page.fill('[name=requester]', 'rosa@brackwater.example');
  await page.locator('.form-end button').click();
  await page.locator('#ticket-title', { hasText: 'Spare fuse for the crane' }).waitFor();
  await told(page, 'Called from the quay.');
  await page.watch.assertQuiet();
});

test('a question that cannot be read is told beside the line it was typed into', async (t) => {
  const page = await agent(t, 'jonas', '/desk/views/open');
  await page.keyboard.press('/');
  await page.locator('#q').fill('statsu:open');
  await page.keyboard.press('Enter');
  await page.locator('main').getByText('Did you mean').first().waitFor();
  assert.equal(await page.inputValue('#q'), 'statsu:open');
  await page.locator('#q').fill('priority:high');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=priority/);
  await page.locator('#rows .row').first().waitFor();
  await page.watch.assertQuiet();
});
