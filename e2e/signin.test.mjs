// Coming in with all its steps: set-up from nothing, app, recovery codes, passkeys, forgotten passwords, invitations, sessions.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test, { after } from 'node:test';
import { assertFits, mailTrap, openBrowser, ownPage, sampleCompany, screenshot, Steward } from './support.mjs';

const PASSWORD = 'brackwater-ferries';
const browser = await openBrowser({ after });

const opened = async (t, options) => {
  const page = await ownPage(t, browser, options);
  return page;
};

/** The code that an authenticator app shows now, for a secret as base32 (RFC 6238). */
function code(secret, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac.at(-1) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const enter = async (page, base, who, password = PASSWORD) => {
  await page.goto(`${base}/login`);
  await page.fill('#email', who.includes('@') ? who : `${who}@brackwater.example`);
  await page.fill('#password', password);
  await page.locator('form:has(#password) button[type=submit]').click();
};

const confirm = async (page) => {
  await page.fill('#password', PASSWORD);
  await page.locator('form:has(#password) button[type=submit]').click();
};

const company = async (t, ...args) => {
  const steward = await sampleCompany(t, ...args);
  return { steward, base: steward.url };
};

test('an app is set up, asked for, and a recovery code stands in for it', async (t) => {
  const { base } = await company(t);
  const page = await opened(t);
  page.watch.forgive(/status of 401/);
  await enter(page, base, 'jonas');
  await page.waitForURL('**/desk');
  await page.goto(`${base}/desk/me`);
  await page.locator('#factor a', { hasText: 'Set up' }).click();
  await confirm(page);
  await page.waitForURL('**/me/app');
  await page.locator('.enrol-by-hand summary').click();
  const secret = await page.locator('code.secret').innerText();
  const first = code(secret);
  await page.fill('#code', first);
  await page.locator('form:has(#code) button').click();
  const codes = await page.locator('ul.codes code').allInnerTexts();
  assert.equal(codes.length, 10);

  const other = await opened(t);
  other.watch.forgive(/status of 401/);
  await enter(other, base, 'jonas');
  await other.waitForURL('**/login/second');
  await other.fill('#code', first);
  await other.locator('form:has(#code) button').click();
  await other.getByText('used before').waitFor();
  await other.fill('#code', code(secret, 1));
  await other.locator('form:has(#code) button').click();
  await other.waitForURL('**/desk');

  const third = await opened(t);
  await enter(third, base, 'jonas');
  await third.fill('#code', codes[0].toUpperCase());
  await third.locator('form:has(#code) button').click();
  await third.waitForURL('**/desk');
  await third.goto(`${base}/desk/me`);
  await third.getByText('left: 9').waitFor();
  await third.getByRole('button', { name: 'End all others' }).click();
  await third.getByText('Ended.').waitFor();
  await other.goto(`${base}/desk`);
  assert.equal(new URL(other.url()).pathname, '/login');
  for (const one of [page, other, third]) await one.watch.assertQuiet();
});

test('a passkey signs in by itself', async (t) => {
  const steward = await Steward.create(t);
  steward.host = 'localhost';
  await steward.serve('--demo');
  const base = steward.url;
  const page = await opened(t);
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  await enter(page, base, 'mei');
  await page.waitForURL('**/desk');
  await page.goto(`${base}/desk/me`);
  await page.locator('#factor a', { hasText: 'Add a passkey' }).click();
  await confirm(page);
  await page.waitForURL('**/me/passkey');
  await page.fill('#name', 'Work laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.locator('ul.codes').waitFor();
  await page.goto(`${base}/desk/me`);
  await page.getByText('Work laptop').waitFor();
  await page.locator('main .sign-out button, .me-menu .sign-out button').first().evaluate((button) => button.form.submit());
  await page.waitForURL('**/login');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/desk');

  // Beside a password it is the second factor.
  await page.goto(`${base}/desk/me`);
  await page.locator('main .sign-out button, .me-menu .sign-out button').first().evaluate((button) => button.form.submit());
  await page.waitForURL('**/login');
  await enter(page, base, 'mei');
  await page.waitForURL('**/login/second');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/desk');
  await page.watch.assertQuiet();
});

test('a forgotten password comes back by mail, once', async (t) => {
  const trap = await mailTrap(t);
  const { base } = await company(t, '--smtp-relay', trap.url);
  const page = await opened(t);
  page.watch.forgive(/status of 404/);
  await page.goto(`${base}/login`);
  await page.getByRole('link', { name: 'Forgotten?' }).click();
  await page.fill('#email', 'rosa@brackwater.example');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('a mail is on its way').waitFor();
  const mail = await trap.next();
  assert.deepEqual(mail.to, ['rosa@brackwater.example']);
  const link = mail.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=').match(/http\S+\/reset\/new\?t=[\w-]{43}/)[0];
  assert.ok(link.startsWith(`${base}/`));
  await page.goto(link);
  await page.fill('#password', 'found again at last');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.waitForURL('**/requests');
  await page.goto(link);
  await page.getByText('This link no longer works').waitFor();
  await page.watch.assertQuiet();
});

test('from an empty directory to the first ticket, with a colleague who is invited', async (t) => {
  const trap = await mailTrap(t);
  const steward = await Steward.create(t);
  await steward.serve('--smtp-relay', trap.url, '--undo-send-seconds', '0');
  const line = () => steward.log.find((one) => one.includes('set-up code'));
  // The console says it right after it is ready.
  while (!line()) await new Promise((later) => setImmediate(later));
  const setUpCode = line().match(/[a-z2-9]{4}(-[a-z2-9]{4}){3}/)[0];

  const page = await opened(t, { viewport: { width: 360, height: 740 }, timezoneId: 'Europe/Riga' });
  page.watch.forgive(/status of (422|404)/);
  const go = () => page.locator('.setup-end button[type=submit]').click();
  await page.goto(steward.url);
  assert.equal(new URL(page.url()).pathname, '/setup');
  await page.fill('#code', 'aaaa-bbbb-cccc-dddd');
  await go();
  await page.getByText('not the code of this installation').waitFor();
  await page.fill('#code', setUpCode);
  await go();
  await page.locator('#name').waitFor();
  // The page offers what the browser knows, as soon as its script has come.
  await page.waitForFunction(() => document.querySelector('#time_zone').value === 'Europe/Riga');
  await assertFits(page, 'the set-up');
  await page.fill('#name', 'Ada Agent');
  await page.fill('#email', 'ada@northpier.example');
  await page.fill('#password', 'short');
  await go();
  await page.getByText('at least 10 characters').first().waitFor();
  await page.fill('#password', 'a long enough password');
  await go();
  await page.locator('input[name=kind][value=care]').check();
  await page.fill('#company', 'North Pier');
  await screenshot(page, 'setup-phone');
  await go();
  // What was filled in survives a reload and another visit.
  await page.goto(`${steward.url}/setup`);
  await page.fill('#mailbox', 'help@northpier.example');
  await go();
  await page.fill('#colleagues', 'ben@northpier.example');
  await go();
  await page.getByText('Customer care, North Pier').waitFor();
  await go();
  await page.waitForURL('**/desk');
  await page.locator('#rows .row').first().waitFor();
  assert.equal((await page.goto(`${steward.url}/setup`)).status(), 404);

  const mail = await trap.next();
  assert.deepEqual(mail.to, ['ben@northpier.example']);
  const link = mail.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=').match(/http\S+\/invitation\?t=[\w-]{43}/)[0];
  const colleague = await opened(t);
  await colleague.goto(link);
  await colleague.fill('#password', 'another long password');
  await colleague.locator('form:has(#password) button').click();
  await colleague.waitForURL('**/desk');
  await page.watch.assertQuiet();
  await colleague.watch.assertQuiet();
});
