// A desk to tell stories at: the sample company, its people, and what is done on every page.

import assert from 'node:assert/strict';
import { ownPage } from './browser.mjs';
import { deliver } from './mail.mjs';
import { Steward, freePort } from './steward.mjs';

const PASSWORD = 'brackwater-ferries';

/** The sample company with a mail door. `steward.lmtp` is its port. */
export async function sampleCompany(t, ...args) {
  const steward = await Steward.create(t);
  steward.lmtp = await freePort();
  // One browser of a test does in seconds what a person does in an hour.
  const patient = ['--requests-burst', '100000', '--anonymous-requests-per-minute', '0'];
  // Most stories are not about taking a reply back, and do not wait for it.
  if (!args.includes('--undo-send-seconds')) patient.push('--undo-send-seconds', '0');
  return steward.serve('--demo', '--lmtp-listen', `127.0.0.1:${steward.lmtp}`, ...patient, ...args);
}

/** `who` is the part before the @ of the sample company. */
export async function signIn(page, steward, who, path = '/login') {
  await page.goto(steward.url + path);
  await fillSignIn(page, who);
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** A window of its own in which `who` is signed in, closed with the test. */
export async function signedIn(t, browser, steward, who, path, options) {
  const page = await ownPage(t, browser, options);
  await signIn(page, steward, who, path);
  return page;
}

/** Fills in the sign-in form that is open, and sends it. */
export async function fillSignIn(page, who, password = PASSWORD) {
  await page.fill('#email', who.includes('@') ? who : `${who}@brackwater.example`);
  await page.fill('#password', password);
  await page.locator('.entry-form form:not(.languages) button[type=submit]').first().click();
}

/** A letter to one of the desks, straight to the mail door. */
export async function write(steward, message) {
  const from = message.match(/^From: .*?([^\s<]+@[^\s>]+)/m)[1];
  const to = message.match(/^To: .*?([^\s<]+@[^\s>]+)/m)[1];
  await deliver({ port: steward.lmtp, from, to, message });
}

/** A plain letter of its own. */
export function letter({ from, to = 'it@brackwater.example', subject, body, headers = [] }) {
  const id = `<${subject.replace(/\W+/g, '.')}.${Math.random().toString(36).slice(2)}@client.example>`;
  return [
    `From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: ${id}`, 'Date: Mon, 23 Nov 2026 09:00:00 +0000',
    'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', ...headers, '', body, '',
  ].join('\n');
}

/** The header of a raw letter, unfolded; undefined when it has none. */
export function header(raw, name) {
  const head = raw.split('\r\n\r\n', 1)[0].replace(/\r\n[ \t]+/g, ' ');
  return head.match(new RegExp(`^${name}: (.*)$`, 'mi'))?.[1];
}

/** The row of the list whose title is `title`; arrives by itself. */
export const row = (page, title) => page.locator('#rows .row', { hasText: title });

/** Opens the ticket with this title from the list that is shown. */
export async function openTicket(page, title) {
  await row(page, title).locator('a.row-subject').click();
  await page.waitForFunction((wanted) => document.querySelector('#ticket-title')?.textContent.includes(wanted), title);
}

/** Picks one of the choices of a ticket's menu: by value, or by its words. */
export async function pick(page, menu, choice) {
  await page.locator(`#pick-${menu} > summary`).click();
  const item = page.locator(`#pick-${menu} .menu-item`);
  await (choice.value !== undefined ? page.locator(`#pick-${menu} .menu-item[value="${choice.value}"]`) : item.filter({ hasText: choice.text })).click();
}

/** What stands in the composer, as plain text; the rich editor keeps the field that it covers up to date. */
export const written = (page) => page.evaluate(() => document.querySelector('#composer').elements.body.value);

/** The timeline tells this. */
export const told = (page, words) => page.locator('#timeline > *', { hasText: words }).first().waitFor();

/** No page is wider than its window. */
export async function assertFits(page, where) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map((one) => `${one.tagName}.${one.className}`);
  });
  assert.deepEqual(wide, [], `${where} is wider than its window`);
}
