// Coming in, staying in, and being shown out.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { fillSignIn, letter, openBrowser, openPage, openTicket, row, sampleCompany, signIn, told, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const page = async (t, options) => {
  const opened = await openPage(browser, options);
  t.after(() => opened.context().close());
  return opened;
};

test('a wrong password is told without telling which half was wrong, and the right one leads to where one wanted to go', async (t) => {
  const visitor = await page(t);
  visitor.watch.forgive(/status of 401/);
  await visitor.goto(`${steward.url}/desk/views/open?q=priority%3Ahigh`);
  assert.equal(new URL(visitor.url()).pathname, '/login');
  const refusals = [];
  for (const who of ['jonas', 'nobody.here']) {
    await fillSignIn(visitor, who, 'not the password');
    await visitor.waitForFunction((email) => document.querySelector('#email').getAttribute('value').startsWith(email), who);
    refusals.push(await visitor.locator('main').innerText());
    assert.equal(await visitor.inputValue('#password'), '');
  }
  assert.equal(refusals[0], refusals[1]);
  assert.match(refusals[0], /The address and the password do not match/);
  await fillSignIn(visitor, 'jonas');
  await visitor.waitForURL('**/desk/views/open?q=priority%3Ahigh');
  await visitor.watch.assertQuiet();
});

test('after ten wrong passwords the right one waits as well', async (t) => {
  const visitor = await page(t);
  visitor.watch.forgive(/status of (401|429)/);
  await visitor.goto(`${steward.url}/login`);
  for (let tries = 0; tries < 11; tries += 1) {
    await fillSignIn(visitor, 'femi', `guess ${tries}`);
    await visitor.waitForLoadState();
  }
  await fillSignIn(visitor, 'femi');
  await visitor.getByText('Too many tries').waitFor();
  assert.equal(new URL(visitor.url()).pathname, '/login');
  await visitor.watch.assertQuiet();
});

test('a session that was set before does not survive signing in, and none survives signing out', async (t) => {
  const planted = '__Host-steward=planted-by-somebody-else-0000000000000000';
  const answer = await fetch(`${steward.url}/login`, {
    method: 'POST', redirect: 'manual', headers: { cookie: planted, origin: steward.url },
    body: new URLSearchParams({ email: 'mei@brackwater.example', password: 'brackwater-ferries' }),
  });
  const [set] = answer.headers.getSetCookie();
  assert.ok(!set.startsWith(planted));
  assert.match(set, /^__Host-steward=.+; Path=\/; Secure; HttpOnly; SameSite=Lax/);

  const visitor = await page(t);
  await signIn(visitor, steward, 'mei', '/login');
  const [session] = await visitor.context().cookies();
  const copied = () => fetch(`${steward.url}/desk`, { redirect: 'manual', headers: { cookie: `${session.name}=${session.value}` } });
  assert.equal((await copied()).status, 200);
  await visitor.goto(`${steward.url}/desk/me`);
  await visitor.locator('main .sign-out button').click();
  await visitor.waitForURL((url) => url.pathname === '/login');
  assert.equal((await copied()).headers.get('location')?.split('?')[0], '/login', 'a copied cookie outlived the session');
  await visitor.watch.assertQuiet();
});

test('who is disabled is told so at the next click, keeps what was typed, and goes on after coming back in another tab', async (t) => {
  await write(steward, letter({ from: 'guest@northpier.example', subject: 'Umbrella left on board', body: 'It is green.' }));
  const agent = await page(t);
  agent.watch.forgive(/status of (401|403)|ERR_INCOMPLETE_CHUNKED|ERR_ABORTED/);
  await signIn(agent, steward, 'linh', '/desk/views/open');
  await row(agent, 'Umbrella left on board').waitFor();
  await openTicket(agent, 'Umbrella left on board');

  const token = (await steward.run(['token', 'add', '--email', 'tomas@brackwater.example', '--name', 'desk'])).trim().split(/\s+/).at(-1);
  const { body: people } = await steward.api(token, 'GET', '/people?q=linh');
  const linh = people.items.find((person) => person.emails.includes('linh@brackwater.example'));
  assert.equal((await steward.api(token, 'POST', `/people/${linh.id}/disable`)).status, 204);
  await agent.locator('#composer-body').pressSequentially('We found it.');
  await agent.locator('#composer-body').press('Control+Enter');
  const popup = agent.context().waitForEvent('page');
  await agent.locator('.session-bar a').click();
  const door = await popup;
  await fillSignIn(door, 'linh');
  await door.getByText('The address and the password do not match').waitFor();

  assert.equal((await steward.api(token, 'POST', `/people/${linh.id}/enable`)).status, 204);
  await fillSignIn(door, 'linh');
  await door.locator('#ticket-title', { hasText: 'Umbrella left on board' }).waitFor();
  await agent.bringToFront();
  await agent.locator('.session-bar').waitFor({ state: 'detached' });
  assert.equal(await agent.locator('#composer-body').evaluate((field) => (field.value ?? field.innerText).trim()), 'We found it.');
  await agent.locator('#composer-body').press('Control+Enter');
  await told(agent, 'We found it.');
  await agent.watch.assertQuiet();
});

test('a form from another site changes nothing', async (t) => {
  const agent = await page(t);
  agent.watch.forgive(/status of 403/);
  await signIn(agent, steward, 'ilze');
  const cookie = (await agent.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const forms = [{ origin: 'http://evil.example' }, {}, { origin: 'null' }, { origin: steward.url, 'sec-fetch-site': 'cross-site' }, { origin: steward.url, 'sec-fetch-site': 'same-site' }];
  for (const headers of forms) {
    const answer = await fetch(`${steward.url}/logout`, {
      method: 'POST', redirect: 'manual', body: 'csrf=guessed', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    assert.equal(answer.status, 403, JSON.stringify(headers));
  }
  await agent.goto(`${steward.url}/desk`);
  assert.equal(new URL(agent.url()).pathname, '/desk');
  await agent.watch.assertQuiet();
});
