// Every page in every language, theme and width, for everybody: with a screen reader, on a phone, without scripts.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, fillSignIn, openBrowser, openPage, sampleCompany, screenshot, signIn } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const LANGUAGES = ['en', 'vi', 'ro', 'lv', 'ru', 'zh-Hans'];

async function page(t, options) {
  const opened = await openPage(browser, options);
  t.after(() => opened.context().close());
  return opened;
}

/** Addresses of the pages that agents use, with the first ticket of the list. */
async function workspacePages(visitor) {
  await visitor.goto(`${steward.url}/desk/views/open`);
  const ticket = await visitor.locator('#rows a.row-subject').first().getAttribute('href');
  return ['/desk/views/open', ticket, '/desk/new', '/desk/views', '/desk/me', '/desk/views/open?q=nothing.like.this'];
}

/** The whole catalogue of a language. */
async function texts(language) {
  const folder = new URL(`../crates/web/locales/${language}/`, import.meta.url);
  const files = await readdir(folder);
  return (await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))).join('\n');
}

const choose = (visitor, name, value) => visitor.context().addCookies([{ name, value, url: steward.url }]);

test('six languages: each page says so, has a text for everything, and is no wider than its window', async (t) => {
  const visitor = await page(t);
  const keys = new Set((await texts('en')).match(/^[a-z][a-z0-9-]+(?= =)/gm).filter((key) => key.includes('-') && key !== 'sign-in'));
  await visitor.goto(`${steward.url}/login`);
  const seen = new Set();
  const look = async (language, path) => {
    await visitor.goto(steward.url + path);
    assert.equal(await visitor.getAttribute('html', 'lang'), language, path);
    const text = await visitor.locator('body').innerText();
    assert.deepEqual(text.split(/\s+/).filter((word) => keys.has(word)), [], `${path} in ${language} shows keys`);
    for (const width of { en: [1440, 390, 360], ru: [1440, 360] }[language] ?? [360]) {
      await visitor.setViewportSize({ width, height: 900 });
      await assertFits(visitor, `${path} in ${language} at ${width}`);
    }
    return text;
  };
  for (const language of LANGUAGES) {
    await visitor.locator(`.languages button[value=${language}]`).click();
    await visitor.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    seen.add(await look(language, '/login'));
  }
  assert.equal(seen.size, LANGUAGES.length);
  await visitor.setViewportSize({ width: 1440, height: 900 });
  await signIn(visitor, steward, 'mei');
  const paths = await workspacePages(visitor);
  for (const language of LANGUAGES) {
    await visitor.setViewportSize({ width: 1440, height: 900 });
    await visitor.goto(`${steward.url}/desk/me`);
    await visitor.locator('main select[name=language]').selectOption(language);
    await visitor.locator('main form:has(select[name=language]) button.primary').click();
    await visitor.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    // The long words are Russian: there every page is looked at, elsewhere the ones that are open all day.
    for (const path of language === 'ru' ? paths : paths.slice(0, 3)) await look(language, path);
    if (language === 'ru' || language === 'vi') {
      await visitor.goto(steward.url + paths[1]);
      await screenshot(visitor, `phone-${language}`);
    }
  }
  await visitor.watch.assertQuiet();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing to say about the ${colorScheme} pages at ${width} pixels`, async (t) => {
      const visitor = await page(t, { colorScheme, viewport: { width, height: 900 } });
      visitor.watch.forgive(/status of 404/);
      await visitor.goto(`${steward.url}/login`);
      await assertAccessible(visitor, 'login');
      await screenshot(visitor, `login-${colorScheme}-${width}`);
      await visitor.goto(`${steward.url}/nowhere`);
      await assertAccessible(visitor, 'error page');
      await signIn(visitor, steward, 'jonas');
      for (const path of await workspacePages(visitor)) {
        await visitor.goto(steward.url + path);
        await assertAccessible(visitor, path);
        await screenshot(visitor, `${path.split('?')[0].replace(/\W+/g, '-')}${path.includes('nothing') ? '-empty' : ''}-${colorScheme}-${width}`);
      }
      await visitor.watch.assertQuiet();
    });
  }
}

test('light and dark are chosen on the page and stay', async (t) => {
  const visitor = await page(t, { colorScheme: 'light' });
  await signIn(visitor, steward, 'jonas', '/desk/me');
  const ground = () => visitor.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await visitor.locator('main button[name=theme][value=dark]').click();
  await visitor.waitForLoadState();
  const dark = await ground();
  assert.notEqual(dark, light);
  await visitor.goto(`${steward.url}/desk/views/open`);
  assert.equal(await ground(), dark);
  await visitor.watch.assertQuiet();
});

test('without scripts one signs in, finds a ticket, answers it and changes its status', async (t) => {
  const visitor = await page(t, { javaScriptEnabled: false });
  await visitor.goto(`${steward.url}/desk/views/open`);
  await fillSignIn(visitor, 'jonas');
  await visitor.locator('#rows a.row-subject').nth(2).click();
  await visitor.locator('#composer-body').fill('Answered without a single script.');
  await visitor.locator('#composer button.reply-only[data-send]').click();
  await visitor.locator('#timeline .message.reply', { hasText: 'Answered without a single script.' }).waitFor();
  await visitor.locator('#notices .notice').waitFor();
  await visitor.locator('#tab-note').click();
  await visitor.locator('#composer-body').fill('Only for us.');
  await visitor.locator('#composer button.note-only[data-send]').click();
  await visitor.locator('#timeline .message.note', { hasText: 'Only for us.' }).waitFor();
  await visitor.locator('#pick-status > summary').click();
  await visitor.locator('#pick-status .menu-item[value=on_hold]').click();
  await visitor.locator('#timeline .fact', { hasText: 'On hold' }).waitFor();
});
