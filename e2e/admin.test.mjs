// Administration by an administrator at a browser: a colleague, who sees what, a mailbox at a real provider, the words of letters.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Dovecot } from './dovecot.mjs';
import { until } from './until.mjs';
import { assertAccessible, assertFits, letter, openBrowser, row, sampleCompany, signedIn, write } from './support.mjs';

const PASSWORD = 's3cret-words';

const administrator = (t, browser, steward) => signedIn(t, browser, steward, 'tomas');

test('a colleague is added and put into a team, and sees exactly that desk; why is told rule by rule', async (t) => {
  const browser = await openBrowser(t);
  const steward = await sampleCompany(t);
  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: 'Gangway light is out', body: 'Since yesterday.' }));
  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', to: 'hr@brackwater.example', subject: 'Shoes for the deck', body: 'Size 41.' }));
  const page = await administrator(t, browser, steward);

  // Found by a word, added, invited to a desk.
  await page.goto(`${steward.url}/admin`);
  await page.fill('#settings-q', 'add a person');
  await page.locator('.settings-hits a').first().click();
  await page.locator('.page-head .end a.button').click();
  await page.fill('#name', 'Selma Aas');
  await page.fill('#emails', 'selma.aas@brackwater.example');
  await page.click('.settings-form button[type=submit]');
  await page.locator('h1', { hasText: 'Selma Aas' }).waitFor();
  const place = page.url().split('?')[0];
  await page.locator('#rights').getByLabel('IT', { exact: true }).check();
  // The effect is shown without being asked for.
  await page.locator('#roles-effect', { hasText: 'Works on IT' }).waitFor();
  await page.locator('#rights button.primary').click();
  await page.locator('.page-head .chip', { hasText: 'Agent of IT' }).waitFor();

  await page.goto(`${steward.url}/admin/teams`);
  await page.locator('.lines a', { hasText: 'Network' }).click();
  await page.getByLabel('Selma Aas').check();
  await page.click('.settings-form button.primary');
  await page.locator('.notice', { hasText: 'Saved' }).waitFor();


  await page.goto(`${steward.url}/desk/views/open?q=gangway`);
  const number = (await row(page, 'Gangway light').getAttribute('id')).replace('row-', '');
  await page.goto(`${steward.url}/desk/views/open?q=shoes`);
  const other = (await row(page, 'Shoes for the deck').getAttribute('id')).replace('row-', '');
  for (const [ticket, sees] of [[number, true], [other, false]]) {
    await page.goto(`${place.replace(/people\/.*/, 'why')}?person=selma.aas@brackwater.example&ticket=${ticket}`);
    await page.locator('.why-answer h2', { hasText: sees ? `Selma Aas sees ${ticket}` : `Selma Aas does not see ${ticket}` }).waitFor();
  }
  await page.locator('.why-answer', { hasText: 'Does not work on HR' }).waitFor();
  await assertAccessible(page, 'why');
});

test('an account at a real mail server is tried step by step, mended, and its mail becomes tickets', async (t) => {
  const browser = await openBrowser(t);
  const dovecot = await Dovecot.start(t, { password: PASSWORD });
  const steward = await sampleCompany(t);
  const page = await administrator(t, browser, steward);
  await page.goto(`${steward.url}/admin/mail-sources/new`);
  await page.fill('#host', 'localhost');
  await page.fill('#port', String(dovecot.imap));
  await page.selectOption('#security', 'none');
  await page.fill('#user', 'help');
  await page.fill('#password', 'wrong');
  await page.click('.settings-form button.primary');
  await page.locator('.notice', { hasText: 'Test the connection' }).waitFor();
  await page.locator('.page-head .end button').click();
  await page.locator('.check-steps .failed', { hasText: 'User and password' }).waitFor();
  assert.equal(await page.locator('.check-steps .passed').count(), 3);
  await assertAccessible(page, 'a connection that was tried');

  await page.fill('#password', PASSWORD);
  await page.click('.settings-form button.primary');
  await page.locator('.notice', { hasText: 'Saved' }).waitFor();
  await page.locator('.page-head .end button').click();
  await page.locator('.check-told h2', { hasText: 'Mail can be fetched' }).waitFor();
  await dovecot.put('help', [letter({ from: 'Zoe <zoe@customer.example>', subject: 'Fetched by the page', body: 'Hello.' })]);
  await until(async () => {
    await page.goto(`${steward.url}/desk/views/open?q=fetched`);
    return await row(page, 'Fetched by the page').count() === 1;
  }, 'a ticket of the fetched message', 60_000);
});

test('the words of a letter are seen as they are typed, saved, and undone', async (t) => {
  const browser = await openBrowser(t);
  const steward = await sampleCompany(t);
  const page = await administrator(t, browser, steward);
  await page.goto(`${steward.url}/admin/mail-templates`);
  await page.locator('section', { hasText: 'What an agent writes to the requester' }).locator('td a').first().click();
  await page.fill('#text', 'Ahoy {{ requester }},\n{{ text }}');
  await page.locator('#letter pre', { hasText: 'Ahoy Rosa Marin,' }).waitFor();
  await page.fill('#text', 'Ahoy {{ stranger }}');
  await page.locator('#letter .banner.refused', { hasText: 'stranger' }).waitFor();
  await page.fill('#text', 'Ahoy {{ requester }},\n{{ text }}');
  await page.click('.settings-form button.primary');
  await page.locator('.chip', { hasText: 'own text' }).waitFor();
  await page.locator('.page-head .end button').click();
  await page.locator('.chip', { hasText: 'in use until' }).waitFor();
});

test('every page of the administration is accessible in both themes and fits a phone', async (t) => {
  const browser = await openBrowser(t);
  const steward = await sampleCompany(t);
  for (const colorScheme of ['light', 'dark']) {
    const page = await signedIn(t, browser, steward, 'tomas', undefined, { colorScheme });
    for (const path of ['', '?q=mail', '/people', '/people/new', '/organisations', '/roles', '/why', '/tokens', '/desks', '/teams', '/mailboxes', '/mail-sources/new', '/sending', '/mail-templates', '/mail-templates/edit?kind=reply&locale=en&desk=']) {
      await page.goto(`${steward.url}/admin${path}`);
      await assertAccessible(page, `/admin${path} ${colorScheme}`);
      await page.setViewportSize({ width: 360, height: 740 });
      await assertFits(page, `/admin${path}`);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  }
});
