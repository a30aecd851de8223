// What lies around every page: the keyboard, the palette, the app on a phone, and what it all weighs.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, openPage, sampleCompany, signIn } from './support.mjs';
import { PAGES, administration } from './gallery-pages.mjs';
import { measured } from './weight.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const FIRST_MAX = 100_000;
const LATER_MAX = 15_000;

async function page(t, options) {
  const opened = await openPage(browser, options);
  t.after(() => opened.context().close());
  return opened;
}

/** A press as a keyboard of another language makes it: the letter that is printed there, in the place where it lies. */
const pressAs = (visitor, key, code, type = 'keydown', more = {}) => visitor.evaluate(([key, code, type, more]) => {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true, ...more }));
}, [key, code, type, more]);

const open = (visitor) => visitor.locator('#palette[open]');
async function shut(visitor) {
  await visitor.keyboard.press('Escape');
  await open(visitor).waitFor({ state: 'hidden' });
}

const chosen = (visitor) => visitor.locator('#palette [aria-selected=true]');

async function look(visitor, text) {
  await visitor.keyboard.press('Control+k');
  await open(visitor).waitFor();
  await visitor.keyboard.type(text);
}

test('the whole way by keyboard: list, ticket, assign by palette, note, back, another list', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.keyboard.press('j');
  const first = await visitor.evaluate(() => document.activeElement.closest('.row').id);
  await visitor.keyboard.press('j');
  await visitor.keyboard.press('k');
  assert.equal(await visitor.evaluate(() => document.activeElement.closest('.row').id), first);
  await visitor.keyboard.press('Enter');
  await visitor.locator('#ticket-title').waitFor();
  await look(visitor, '>jonas');
  await chosen(visitor).filter({ hasText: 'Jonas' }).waitFor();
  await visitor.keyboard.press('Enter');
  await open(visitor).waitFor({ state: 'hidden' });
  await visitor.locator('#about, #timeline').filter({ hasText: 'Jonas' }).first().waitFor();
  await visitor.locator('#timeline').focus();
  await visitor.keyboard.press('n');
  await visitor.waitForFunction(() => document.querySelector('#composer').classList.contains('note'));
  await visitor.keyboard.press('Escape');
  await visitor.locator('#timeline').focus();
  await visitor.keyboard.press('u');
  assert.equal(await visitor.evaluate(() => document.activeElement.closest('.row').id), first);
  await visitor.keyboard.press('g');
  await visitor.keyboard.press('d');
  await visitor.waitForURL(/\/desk\/views\/done/);
  await visitor.watch.assertQuiet();
});

test('the sheet says exactly what is bound, and what it says is on the page works', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.keyboard.press('?');
  await visitor.locator('#keys[open]').waitFor();
  const lines = await visitor.locator('#keys [data-keys]').evaluateAll((all) => all.map((one) => [one.dataset.keys, one.querySelector('dd').textContent]));
  assert.ok(lines.length > 20 && lines.every(([, words]) => words.trim() !== ''), JSON.stringify(lines));
  // A line that is taken out of the sheet is no longer bound: the sheet is the table.
  await visitor.keyboard.press('Escape');
  await visitor.locator('#keys[open]').waitFor({ state: 'detached' });
  await visitor.keyboard.press('/');
  assert.equal(await visitor.evaluate(() => document.activeElement.id), 'q');
  await visitor.evaluate(() => { document.activeElement.blur(); document.querySelector('#keys [data-command=search]').remove(); });
  await visitor.keyboard.press('/');
  assert.notEqual(await visitor.evaluate(() => document.activeElement.id), 'q');
});

test('letters act by their place on a Cyrillic keyboard, and never while something is composed or written', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  const focused = () => visitor.evaluate(() => document.activeElement.closest('.row')?.id ?? null);
  await pressAs(visitor, 'о', 'KeyJ');
  const first = await focused();
  assert.ok(first);
  await pressAs(visitor, 'Process', 'KeyJ', 'keydown', { isComposing: true });
  assert.equal(await focused(), first, 'composing');
  await pressAs(visitor, 'Process', 'KeyJ');
  assert.notEqual(await focused(), first, 'an input method that has nothing to compose');
  await pressAs(visitor, 'л', 'KeyK', 'keydown', { ctrlKey: true });
  await open(visitor).waitFor();
  await visitor.keyboard.press('Escape');
  await visitor.locator('#q').focus();
  await visitor.keyboard.type('?jk');
  assert.equal(await visitor.inputValue('#q'), '?jk');
  assert.equal(await visitor.locator('dialog[open]').count(), 0);
});

test('the palette finds a number in any form, titles, people and places, and underlines what was typed', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  const number = await visitor.locator('#rows .row-number').first().innerText();
  for (const form of [number.toLowerCase().replace('-', ' '), `#${number}`, `${steward.url}/desk/tickets/${number}`, number.split('-')[1]]) {
    await look(visitor, form);
    await visitor.locator('#palette section[data-sort=exact] [role=option]', { hasText: number }).first().waitFor();
    assert.equal(await chosen(visitor).evaluate((one) => one.closest('section').dataset.sort), 'exact', form);
    await shut(visitor);
  }
  await look(visitor, 'printer');
  await visitor.locator('#palette section[data-sort=find] mark', { hasText: /printer/i }).first().waitFor();
  await shut(visitor);
  await look(visitor, '@jonas');
  await visitor.locator('#palette section[data-sort=people] [role=option]', { hasText: 'Jonas' }).first().waitFor();
  assert.equal(await visitor.locator('#palette section[data-sort=find]').count(), 0, 'narrowed to people');
  await shut(visitor);
  // Enter, pressed before the answer came, takes the answer's first.
  await look(visitor, number);
  await visitor.keyboard.press('Enter');
  await visitor.waitForURL(new RegExp(`/desk/tickets/${number}`));
  // The empty palette offers what was opened before, but not what is open.
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.keyboard.press('Control+k');
  await visitor.locator('#palette section[data-sort=recent] [role=option]', { hasText: number }).waitFor();
  await visitor.watch.assertQuiet();
});

test('what is typed right after the palette was opened stands in it and does nothing else', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.evaluate(() => {
    document.querySelector('#rows a.row-subject').focus();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }));
    document.body.dataset.at = `${document.querySelector('#palette').open} ${document.activeElement.id}`;
  });
  assert.equal(await visitor.getAttribute('body', 'data-at'), 'true palette-input');
  await visitor.keyboard.type('boarding');
  await visitor.locator('#palette [role=option]', { hasText: 'Boarding' }).first().waitFor();
  assert.equal(await visitor.inputValue('#palette-input'), 'boarding');
  await visitor.watch.assertQuiet();
});

test('the palette is a combobox for a screen reader, walks in circles, and gives the focus back', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.keyboard.press('j');
  const before = await visitor.evaluate(() => document.activeElement.closest('.row').id);
  await visitor.keyboard.press('Control+k');
  await visitor.locator('#palette section[data-sort=go]').waitFor();
  const active = () => visitor.locator('#palette-input').getAttribute('aria-activedescendant');
  const first = await active();
  await visitor.keyboard.press('ArrowUp');
  assert.notEqual(await active(), first);
  await visitor.keyboard.press('ArrowDown');
  assert.equal(await active(), first);
  assert.equal(await visitor.locator(`#${first}`).getAttribute('aria-selected'), 'true');
  await assertAccessible(visitor, 'the open palette');
  await visitor.keyboard.press('Escape');
  assert.equal(await visitor.evaluate(() => document.activeElement.closest('.row')?.id), before);
});

test('what is folded away stays so on the next page, without a jump', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  const width = () => visitor.locator('.shell > .navigation').evaluate((one) => Math.round(one.getBoundingClientRect().width));
  const wide = await width();
  await visitor.keyboard.press('[');
  const narrow = await width();
  assert.ok(narrow < wide / 2, `${wide} to ${narrow}`);
  await visitor.goto(`${steward.url}/desk`);
  assert.equal(await width(), narrow);
  await assertAccessible(visitor, 'the folded navigation');
});

test('without scripts the palette is a page of links', async (t) => {
  const visitor = await page(t, { javaScriptEnabled: false });
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.fill('#email', 'tomas@brackwater.example');
  await visitor.fill('#password', 'brackwater-ferries');
  await visitor.keyboard.press('Enter');
  await visitor.locator('.navigation [data-palette]').click();
  await visitor.fill('#find', 'printer');
  await visitor.keyboard.press('Enter');
  await visitor.locator('.palette-page a', { hasText: /printer/i }).first().click();
  await visitor.locator('#ticket-title').waitFor();
});

test('somebody finds only what they may see', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'rosa', '/requests');
  const answer = await visitor.request.get(`${steward.url}/desk/fragments/palette?q=printer`);
  assert.equal(answer.status(), 403);
});

test(`the first load of the inbox stays below ${FIRST_MAX} bytes, later ones below ${LATER_MAX}`, async (t) => {
  const visitor = await page(t, { serviceWorkers: 'block' });
  await signIn(visitor, steward, 'tomas');
  // Signed in, but nothing kept by the browser yet.
  const state = await visitor.context().storageState();
  // Not by openPage: a watch on the way of requests would switch off the very cache that is measured.
  const context = await browser.newContext({ storageState: state, serviceWorkers: 'block', viewport: { width: 1440, height: 900 } });
  t.after(() => context.close());
  const fresh = await context.newPage();
  const first = await measured(fresh, () => fresh.goto(`${steward.url}/desk`, { waitUntil: 'load' }));
  console.log(`inbox, first load: ${first.bytes} bytes in ${first.requests.length} answers`);
  for (const one of first.requests.sort((a, b) => b.bytes - a.bytes).slice(0, 6)) console.log(`  ${one.bytes} ${new URL(one.url).pathname}`);
  assert.ok(first.bytes < FIRST_MAX, `${first.bytes} bytes`);
  assert.ok(first.bytes > 10_000, 'what is measured was really loaded');
  // The mark in the tab comes whenever the browser finds the time: by now it has come.
  await fresh.goto(`${steward.url}/desk`, { waitUntil: 'load' });
  for (const [what, path] of [['another list', '/desk/views/open'], ['a desk', '/desk/views/waiting-for-us'], ['the form for a ticket', '/desk/new']]) {
    const later = await measured(fresh, () => fresh.goto(steward.url + path, { waitUntil: 'load' }));
    console.log(`${what}: ${later.bytes} bytes in ${later.requests.length} answers`);
    for (const one of later.requests.sort((a, b) => b.bytes - a.bytes).slice(0, 6)) console.log(`  ${one.bytes} ${new URL(one.url).pathname}`);
    assert.ok(later.bytes < LATER_MAX, `${what}: ${later.bytes} bytes`);
  }
  await fresh.goto(`${steward.url}/desk/views/open`);
  const ticket = await measured(fresh, async () => {
    await fresh.locator('#rows a.row-subject').first().click();
    await fresh.locator('#ticket-title').waitFor();
  });
  console.log(`a ticket beside the list, with what its editor loads the first time: ${ticket.bytes} bytes`);
  const next = await measured(fresh, async () => {
    const title = await fresh.locator('#ticket-title').innerText();
    await fresh.locator('#rows a.row-subject').nth(1).click();
    await fresh.waitForFunction((before) => document.querySelector('#ticket-title')?.textContent !== before, title);
  });
  // What is fetched ahead for the ticket after it is that one's weight. Its own may have come ahead, while the first was shown, or now.
  const number = await fresh.locator('#ticket').getAttribute('data-ticket');
  const isOfTickets = ({ url }) => url.includes('/fragments/tickets/');
  const sum = (requests) => requests.reduce((bytes, one) => bytes + one.bytes, 0);
  const itself = ({ requests }) => sum(requests.filter((one) => isOfTickets(one) && one.url.includes(number)));
  const own = sum(next.requests.filter((one) => !isOfTickets(one))) + Math.max(itself(ticket), itself(next));
  console.log(`the next ticket: ${own} bytes, ${next.bytes} with what is fetched ahead`);
  assert.ok(own < LATER_MAX, `${own} bytes`);
  assert.ok(own > 3_000, 'the ticket itself was counted');
});

test('the app can be installed, says so when the desk is away, and keeps no page with data', async (t) => {
  const own = await sampleCompany(t);
  const visitor = await page(t, { locale: 'lv' });
  await signIn(visitor, own, 'tomas');
  await visitor.goto(`${own.url}/desk`);
  const manifest = await visitor.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.display, 'standalone');
  for (const icon of manifest.icons) assert.equal((await visitor.request.get(own.url + icon.src)).status(), 200, icon.src);
  await visitor.evaluate(async () => { await navigator.serviceWorker.ready; });
  await visitor.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await visitor.goto(`${own.url}/desk/views/open`);
  const kept = await visitor.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
    return all;
  });
  assert.deepEqual(kept.filter((path) => path !== '/offline' && !path.startsWith('/assets/')), []);
  assert.ok(kept.includes('/offline'));
  visitor.watch.forgive(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await own.stop();
  await visitor.goto(`${own.url}/desk`);
  await visitor.locator('h1').waitFor();
  assert.doesNotMatch(await visitor.locator('body').innerText(), /Tomás|INC-/);
  await visitor.watch.assertQuiet();
});

test('other people\'s changes move nothing that one looks at', async (t) => {
  const visitor = await page(t);
  const colleague = await page(t);
  await signIn(visitor, steward, 'tomas');
  await signIn(colleague, steward, 'jonas');
  await visitor.goto(`${steward.url}/desk/views/open`);
  const link = visitor.locator('#rows a.row-subject').nth(3);
  const href = await link.getAttribute('href');
  await link.click();
  await visitor.locator('#ticket-title').waitFor();
  await visitor.evaluate(() => {
    window.shifted = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted.push(...entry.sources.map((one) => `${entry.value.toFixed(4)} ${one.node?.nodeName} ${one.node?.className ?? ''} ${one.node?.id ?? ''}`));
    }).observe({ type: 'layout-shift', buffered: false });
  });
  await colleague.goto(steward.url + href);
  await colleague.locator('#tab-note').click();
  await colleague.fill('#composer-body', 'A word of a colleague, which appears below what is there.');
  await colleague.keyboard.press('Control+Enter');
  await visitor.locator('#timeline', { hasText: 'A word of a colleague' }).waitFor();
  await visitor.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shifted = await visitor.evaluate(() => window.shifted);
  // The list sorts itself by the last change, the timeline scrolls to its newest entry, faces come and go at their own place; none of it moves the page around them.
  assert.deepEqual(shifted.filter((one) => !/row|message|fact|day|timeline|presence/i.test(one)), []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe has nothing to say about any main page in ${colorScheme}, and none is wider than a phone`, async (t) => {
    const visitors = new Map();
    const visitor = async (who) => {
      if (!visitors.has(who)) {
        const opened = await page(t, { colorScheme });
        if (who) await signIn(opened, steward, who);
        visitors.set(who, opened);
      }
      return visitors.get(who);
    };
    const all = [...PAGES, ...(await administration(await visitor('tomas'), steward))];
    const complaints = [];
    for (const one of all) {
      const opened = await visitor(one.who);
      try {
        if (one.open) await one.open(opened, steward);
        else await opened.goto(steward.url + one.path);
        await one.then?.(opened);
        await assertAccessible(opened, `${one.name} in ${colorScheme}`);
        await opened.setViewportSize({ width: 360, height: 740 });
        await assertFits(opened, `${one.name} at 360 pixels`);
        await assertAccessible(opened, `${one.name} on a phone in ${colorScheme}`);
      } catch (error) {
        complaints.push(`${one.name}: ${error.message.slice(0, 1500)}`);
      }
      await opened.setViewportSize({ width: 1440, height: 900 });
    }
    assert.deepEqual(complaints, []);
  });
}

test('the sheet of components is accessible in both themes and densities, and shows every icon', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'tomas');
  for (const theme of ['light', 'dark']) {
    for (const density of ['dense', 'comfortable']) {
      await visitor.goto(`${steward.url}/design?theme=${theme}&density=${density}`);
      assert.equal(await visitor.getAttribute('html', 'data-theme'), theme);
      assert.equal(await visitor.getAttribute('html', 'data-density'), density === 'comfortable' ? density : null);
      await assertAccessible(visitor, `components, ${theme}, ${density}`);
    }
  }
  const icons = await visitor.locator('.icon-list li').count();
  assert.ok(icons > 40, `${icons} icons`);
  const painted = await visitor.locator('.swatch').evaluateAll((all) => all.filter((one) => getComputedStyle(one).backgroundColor === 'rgba(0, 0, 0, 0)').length);
  assert.equal(painted, 0, 'a colour without paint');
  await visitor.setViewportSize({ width: 360, height: 740 });
  await assertFits(visitor, 'components at 360 pixels');
  await visitor.watch.assertQuiet();
});

test('single letters can be switched off; what needs Ctrl stays', async (t) => {
  const visitor = await page(t);
  await signIn(visitor, steward, 'mei');
  await visitor.goto(`${steward.url}/desk/me`);
  await visitor.locator('[name=letters]').uncheck();
  await Promise.all([visitor.waitForNavigation(), visitor.locator('[name=letters]').evaluate((box) => box.form.requestSubmit())]);
  await visitor.goto(`${steward.url}/desk/views/open`);
  await visitor.locator('#keys[data-letters=off]').waitFor({ state: 'attached' });
  await visitor.keyboard.press('j');
  await visitor.keyboard.press('?');
  assert.equal(await visitor.evaluate(() => document.activeElement.closest('.row')), null);
  assert.equal(await visitor.locator('dialog[open]').count(), 0);
  await visitor.keyboard.press('Control+k');
  await open(visitor).waitFor();
});
