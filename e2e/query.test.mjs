// The line with the query: it completes what one types, says what it shows, and tells what is wrong.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, sampleCompany, signedIn } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const list = '/desk/views/all';
const line = (page) => page.locator('#q');
const options = (page) => page.locator('.proposals [role=option]');
const inserts = (page) => options(page).evaluateAll((all) => all.map((one) => one.dataset.insert));

async function typed(t, who, text, more) {
  const page = await signedIn(t, browser, steward, who, list, more);
  await page.locator('#rows .row').first().waitFor();
  await line(page).focus();
  await line(page).pressSequentially(text);
  await options(page).first().waitFor();
  return page;
}

test('a query is written with the keyboard alone, and its list says what it shows', async (t) => {
  const page = await typed(t, 'mei', 'stat');
  assert.deepEqual(await inserts(page), ['status:', 'is:']);
  assert.equal(await line(page).getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  assert.equal(await line(page).inputValue(), 'status:');
  await page.locator('.proposals [data-insert=open]').waitFor();
  await page.keyboard.press('o');
  await page.locator('.proposals [data-insert=new]').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  const chosen = await page.locator('.proposals [aria-selected=true]').getAttribute('data-insert');
  assert.equal(await line(page).getAttribute('aria-activedescendant'), await page.locator('.proposals [aria-selected=true]').getAttribute('id'));
  await page.keyboard.press('Enter');
  assert.equal(await line(page).inputValue(), `status:${chosen} `);
  await page.locator('#q-says', { hasText: 'Shows: tickets · Status:' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.proposals').waitFor({ state: 'hidden' });
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.locator('#q-says', { hasText: 'Shows: tickets · Status:' }).waitFor();
  assert.match(page.url(), /q=status/);
  await page.watch.assertQuiet();
});

test('a proposal is taken with the pointer and replaces the word at the cursor only', async (t) => {
  const page = await typed(t, 'linh', 'tea kind:incident');
  await line(page).evaluate((field) => field.setSelectionRange(4, 4));
  await page.keyboard.press('ArrowLeft');
  await page.locator('.proposals [data-insert="team:"]').click();
  assert.equal(await line(page).inputValue(), 'team: kind:incident');
  assert.equal(await line(page).evaluate((field) => field.selectionStart), 5);
  await page.watch.assertQuiet();
});

test('the proposals fit a phone, have no finding of axe in either theme, and close without taking anything', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await typed(t, 'mei', 'is:', { viewport: { width: 360, height: 740 }, colorScheme });
    await assertFits(page);
    await assertAccessible(page);
    await page.keyboard.press('Escape');
    await page.locator('.proposals').waitFor({ state: 'hidden' });
    assert.equal(await line(page).inputValue(), 'is:');
  }
});

test('without script the line still answers, in words and with what is wrong', async (t) => {
  const page = await signedIn(t, browser, steward, 'mei', `${list}?q=${encodeURIComponent('is:open created>1h')}`, { javaScriptEnabled: false });
  assert.match(await page.locator('#q-says').innerText(), /Shows: open tickets · Opened: more than 1 hour ago/);
  await page.goto(new URL(`${list}?q=stat:open`, page.url()).href);
  assert.match(await page.locator('#q-refusal').innerText(), /stat/);
});
