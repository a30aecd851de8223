// Administration: a webhook made on its page hears of a ticket, the log says so, and everything that goes on can be seen.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { assertAccessible, letter, openBrowser, openPage, sampleCompany, signIn, until, write } from './support.mjs';

/** Listens; `heard` grows. The first call of each `failing` is answered with 500. */
async function ear(t) {
  const heard = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; }).on('end', () => {
      heard.push({ headers: request.headers, body });
      response.writeHead(heard.length === 1 ? 500 : 200).end(heard.length === 1 ? 'not yet' : 'thank you');
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => new Promise((closed) => server.close(closed)));
  return { heard, url: `http://127.0.0.1:${server.address().port}/hook` };
}

test('a webhook is made, tried, told of a ticket, and told again; its log keeps every try', async (t) => {
  const steward = await sampleCompany(t, '--webhook-networks', '127.0.0.0/8');
  const { heard, url } = await ear(t);
  const page = await openPage(await openBrowser(t));
  await signIn(page, steward, 'tomas', '/login?back=/admin/webhooks');
  await page.goto(`${steward.url}/admin/webhooks/new`);
  await page.fill('#url', 'not an address');
  await page.evaluate(() => document.querySelector('.settings-form').setAttribute('novalidate', ''));
  await page.click('.settings-form button[type=submit]');
  await page.locator('#url-refusal').waitFor();
  await page.fill('#url', url);
  await page.fill('#name', 'Crew room');
  await page.check('input[name=events][value="ticket.opened"]');
  await page.click('.settings-form button[type=submit]');
  const secret = await page.locator('.secret code').innerText();
  assert.match(secret, /^whsec_/);
  await page.locator('a.button.primary').click();
  await page.locator('h1', { hasText: 'Crew room' }).waitFor();

  await page.locator('.page-head .end button').click();
  await page.locator('h1', { hasText: 'webhook.test' }).waitFor();
  const reload = (what, look) => until(async () => (await page.reload(), look()), what);
  await reload('the refusal of the receiver', async () => (await page.locator('.table .chip.bad', { hasText: '500' }).count()) > 0);
  await page.locator('.table code', { hasText: 'not yet' }).waitFor();
  await Promise.all([page.waitForNavigation(), page.locator('.page-head .end button').click()]);
  await reload('the receipt', async () => (await page.locator('.page-head .chip.done').count()) > 0);
  assert.equal(heard[0].headers['webhook-id'], heard[1].headers['webhook-id']);

  await write(steward, letter({ from: 'Rosa Marin <rosa@brackwater.example>', subject: 'The hook hears this', body: 'Please.' }));
  await until(() => heard.length > 2, 'the third call');
  const { headers, body } = heard[2];
  assert.equal(JSON.parse(body).type, 'ticket.opened');
  const signed = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signed}`);
  await page.goto(`${steward.url}/admin/webhooks`);
  await assertAccessible(page, 'webhooks');
});

test('mail, journal and health are there for administrators, and for nobody who only works on a desk', async (t) => {
  const steward = await sampleCompany(t);
  const browser = await openBrowser(t);
  await write(steward, letter({ from: 'Rosa Marin <rosa@brackwater.example>', subject: 'Seen in the journal', body: 'Please.' }));
  const page = await openPage(browser);
  await signIn(page, steward, 'tomas');
  for (const place of ['incoming', 'outgoing', 'parked', 'journal', 'health', 'webhooks']) {
    const response = await page.goto(`${steward.url}/admin/${place}`);
    assert.equal(response.status(), 200, place);
    await assertAccessible(page, place);
  }
  await page.goto(`${steward.url}/admin/incoming`);
  await page.locator('.table tbody tr', { hasText: 'rosa@brackwater.example' }).first().waitFor();
  await page.goto(`${steward.url}/admin/journal`);
  await page.selectOption('#kind', 'mail.taken');
  await page.click('.admin-filter button');
  await page.locator('.table tbody tr', { hasText: 'mail.taken' }).first().waitFor();
  assert.equal(await page.locator('.table tbody th', { hasText: 'ticket.opened' }).count(), 0);
  await page.fill('#person', 'nobody@nowhere.example');
  await page.click('.admin-filter button');
  await page.locator('#person-refusal').waitFor();

  const agent = await openPage(browser);
  await signIn(agent, steward, 'jonas');
  for (const place of ['journal', 'health', 'webhooks', 'outgoing']) {
    const response = await agent.goto(`${steward.url}/admin/${place}`);
    assert.equal(response.status(), 403, place);
  }
});
