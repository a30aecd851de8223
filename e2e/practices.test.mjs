// How a practice is made a desk's own: states drawn, fields and forms published, and what agents and requesters then meet.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, openBrowser, pick, sampleCompany, screenshot, signedIn, told } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });

const person = (t, who, path, options) => signedIn(t, browser, steward, who, path, options);

/** Goes on with the Tab key until the focus is on what the selector names. */
async function tabTo(page, selector, key = 'Tab') {
  for (let n = 0; n < 150; n++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard never comes to ${selector}`);
}

const focused = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** A ticket of this kind, opened by an agent. */
async function opened(page, title, kind) {
  await page.goto(`${steward.url}/desk/new`);
  await page.fill('#requester', 'kaja.lind@northpier.example');
  await page.fill('#title', title);
  await page.fill('#body', 'As the subject says.');
  await page.selectOption('#kind', kind);
  await page.locator('#new-ticket .primary').click();
  await page.locator('#ticket-title', { hasText: title }).waitFor();
  return page.locator('#ticket').getAttribute('data-ticket');
}

const statuses = async (page) => page.locator('#pick-status .menu-item').evaluateAll((all) => all.map((one) => one.value));
const panel = (page, words) => page.locator('.states-panel h2', { hasText: words }).waitFor();
const change = (page, words) => page.locator('.states-differences li', { hasText: words }).waitFor();
const block = (page, key) => page.locator('.form-item', { has: page.locator(`[name="on.${key}"]`) });

test('a state is drawn by keyboard only and published; new tickets walk through it, running ones once they are taken along', async (t) => {
  const agent = await person(t, 'jonas', '/desk');
  const old = await opened(agent, 'The radar of before', 'question');
  const page = await person(t, 'tomas', '/admin/states/question');

  await tabTo(page, '.states-panel #name');
  await page.keyboard.type('In the workshop');
  await tabTo(page, '#turn');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '.states-panel button');
  await page.keyboard.press('Enter');
  await panel(page, 'In the workshop');
  await focused(page, '.states-panel h2');
  for (const tick of ['#leads-open', '#leads-resolved', '#reached-open']) {
    await tabTo(page, tick);
    await page.keyboard.press('Space');
  }
  await tabTo(page, '[value=save-state]');
  await page.keyboard.press('Enter');
  await change(page, 'Open → In the workshop');
  await focused(page, '[value=save-state]');

  // The drawing is one stop of the keyboard; arrows go from state to state in it.
  await tabTo(page, '[data-node]', 'Shift+Tab');
  await focused(page, '[data-node=in_the_workshop]');
  await page.keyboard.press('ArrowUp');
  await focused(page, '[data-node]:not([data-node=in_the_workshop])');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await panel(page, 'In the workshop');
  // The step to it asks for a note.
  await tabTo(page, '.states-step a[aria-label="Open → In the workshop"]');
  await page.keyboard.press('Enter');
  await panel(page, 'Open → In the workshop');
  await tabTo(page, '#comment');
  await page.keyboard.press('Space');
  await tabTo(page, '[value=save-way]');
  await page.keyboard.press('Enter');
  await page.locator('#comment:checked').waitFor();
  await screenshot(page, 'practices-states');
  await tabTo(page, '#remark');
  await page.keyboard.type('Repairs have a place of their own');
  await tabTo(page, '.states-publish button.primary');
  await page.keyboard.press('Enter');
  await page.locator('.notice', { hasText: 'Published' }).waitFor();
  await page.locator('.states-bar .chip', { hasText: 'Version 2' }).waitFor();

  const number = await opened(agent, 'The radar of now', 'question');
  await pick(agent, 'status', { value: 'open' });
  await agent.locator('#pick-status .menu-item[value=open]').waitFor({ state: 'detached' });
  await pick(agent, 'status', { value: 'in_the_workshop' });
  await agent.locator('h1', { hasText: 'Move to “In the workshop”' }).waitFor();
  await agent.fill('#comment', 'Brought to the yard by van.');
  await agent.locator('.form-end .primary').click();
  await agent.locator('#ticket-head', { hasText: 'In the workshop' }).waitFor();
  await told(agent, 'Brought to the yard by van.');
  assert.equal(await agent.locator('#ticket').getAttribute('data-ticket'), number);

  await agent.goto(`${steward.url}/desk/tickets/${old}`);
  await pick(agent, 'status', { value: 'open' });
  await agent.locator('#pick-status .menu-item[value=open]').waitFor({ state: 'detached' });
  assert.ok(!(await statuses(agent)).includes('in_the_workshop'), 'a running ticket keeps the version that it began with');
  await page.reload();
  await page.locator('.states-behind button[type=submit]').click();
  await page.locator('.notice', { hasText: 'newest version' }).waitFor();
  await agent.reload();
  assert.ok((await statuses(agent)).includes('in_the_workshop'), 'it was taken along');
  await page.watch.assertQuiet();
  await agent.watch.assertQuiet();
});

test('a step is drawn with the pointer, seen while it is drawn, checked, and thrown away again', async (t) => {
  const page = await person(t, 'tomas', '/admin/states/request');
  const middle = async (node) => {
    const box = await page.locator(`[data-node=${node}]`).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.move(...(await middle('closed')));
  await page.mouse.down();
  await page.mouse.move(...(await middle('on_hold')), { steps: 8 });
  await page.mouse.move(...(await middle('pending')), { steps: 8 });
  await page.locator('[data-node=pending].target').waitFor();
  await page.locator('.states-rubber[d]').waitFor({ state: 'attached' });
  await page.mouse.up();
  await panel(page, 'Closed → Pending');
  await change(page, 'New step: Closed → Pending');
  await page.locator('.states-rubber:not([d])').waitFor({ state: 'attached' });

  // A state from which nothing leads on stands against publishing, and says so.
  await page.locator('.states-panel a', { hasText: 'Add a state' }).click();
  await page.fill('.states-panel #name', 'Lost');
  await page.locator('.states-panel button', { hasText: 'Add a state' }).click();
  await panel(page, 'Lost');
  await page.locator('.states-draft .banner.refused', { hasText: 'No step leads to' }).waitFor();
  assert.ok(await page.locator('.states-publish button.primary').isDisabled());
  await page.locator('.states-node.wrong', { hasText: 'Lost' }).waitFor();
  await page.locator('[value=remove-state]').click();
  await page.locator('.states-node', { hasText: 'Lost' }).waitFor({ state: 'detached' });
  await page.locator('[value=discard]').click();
  await page.locator('.states-bar .chip', { hasText: 'Version 1' }).waitFor();
  await page.watch.assertQuiet();
});

test('a field and its condition are made, seen before they are published, asked in the portal, refused with clear words, and accepted', async (t) => {
  const page = await person(t, 'tomas', '/admin/fields/new');
  await page.fill('#label', 'Deck');
  await page.locator('.of-options').waitFor({ state: 'hidden' });
  await page.selectOption('#type', 'number');
  await page.locator('.of-text').waitFor({ state: 'hidden' });
  await page.fill('#min', '1');
  await page.fill('#max', '12');
  await page.selectOption('#kind', 'question');
  await page.click('.settings-form .primary');
  await page.locator('.notice', { hasText: 'Saved' }).waitFor();

  await page.goto(`${steward.url}/admin/forms/question`);
  const deck = block(page, 'deck');
  await deck.locator('summary').click();
  await deck.getByLabel('On the form').check();
  await page.selectOption('[name="required.deck"]', 'always');
  await deck.locator('select[name="when.deck"]').first().selectOption('ship');
  await deck.locator('input[name="values.deck"]').first().fill('MS Nobody');
  // What would be wrong, and how people meet the form, is shown while it is filled in.
  await page.locator('#form-effect .refused', { hasText: 'Deck: “MS Nobody” is not a value of “Ship”' }).waitFor();
  await deck.locator('input[name="values.deck"]').first().fill('MS Skua');
  await page.locator('#form-effect .banner:not(.refused)').first().waitFor();
  await page.locator('#form-effect .asked[data-field=deck]').waitFor({ state: 'hidden' });
  await page.selectOption('#form-effect [id="fields.ship"]', 'MS Skua');
  await page.locator('#form-effect .asked[data-field=deck]').waitFor();
  await deck.locator('[value="up.deck"]').click();
  await focused(page, '[data-focus="up.deck"]');
  await screenshot(page, 'practices-form');
  await page.locator('button[value=publish]').click();
  await page.locator('.notice', { hasText: 'Published' }).waitFor();

  const rosa = await person(t, 'rosa', '/requests/new');
  rosa.watch.forgive(/status of 422/);
  await rosa.fill('#title', 'A lamp is broken');
  await rosa.fill('#body', 'It flickers.');
  const asked = rosa.locator('.asked[data-field=deck]');
  await asked.waitFor({ state: 'hidden' });
  await rosa.selectOption('[id="fields.ship"]', 'MS Skua');
  await asked.waitFor();
  await rosa.click('.form-end .primary');
  await asked.locator('.refusal').waitFor();
  await assertAccessible(rosa, 'a refused request');
  await rosa.fill('[id="fields.deck"]', '40');
  await rosa.click('.form-end .primary');
  await asked.locator('.refusal', { hasText: '12' }).waitFor();
  assert.equal(await rosa.inputValue('#title'), 'A lamp is broken', 'what was typed stays');
  await rosa.fill('[id="fields.deck"]', '4');
  await rosa.click('.form-end .primary');
  await rosa.locator('h1', { hasText: 'A lamp is broken' }).waitFor();
  const number = rosa.url().split('?')[0].split('/').pop();

  const agent = await person(t, 'jonas', `/desk/tickets/${number}`);
  await agent.goto(`${steward.url}/desk/tickets/${number}`);
  await agent.locator('#pick-field-deck', { hasText: '4' }).waitFor();
  await page.watch.assertQuiet();
  await rosa.watch.assertQuiet();
});

test('a new ticket asks for what its desk, kind and category need as soon as they are chosen, and keeps what was typed', async (t) => {
  const page = await person(t, 'tomas', '/desk/new');
  await page.locator('[id="fields.ship"]').waitFor();
  assert.equal(await page.locator('[id="fields.booking"]').count(), 0);
  await page.selectOption('[id="fields.ship"]', 'MS Gannet');
  await page.selectOption('#desk', 'care');
  await page.locator('[id="fields.booking"]').waitFor();
  assert.equal(await page.inputValue('[id="fields.ship"]'), 'MS Gannet');
  await page.selectOption('#kind', 'question');
  await page.locator('.asked[data-field=on_board]').waitFor();
  await page.fill('#requester', 'kaja.lind@northpier.example');
  await page.fill('#title', 'A call about the cabin');
  await page.fill('[id="fields.on_board"]', 'Deck 4, cabin 412');
  await page.getByLabel('Assign it to me').uncheck();
  await page.locator('#new-ticket .primary').click();
  await page.locator('#pick-field-on_board', { hasText: 'cabin 412' }).waitFor();

  // Another kind says what it takes away before it is chosen.
  const before = await page.locator('#ticket').getAttribute('data-ticket');
  await page.locator('#pick-kind > summary').click();
  const incident = page.locator('#pick-kind a.menu-item', { hasText: 'Incident' });
  await incident.locator('.kind-effect', { hasText: 'Where on board' }).waitFor();
  await incident.click();
  await page.locator('.kind-change .gone', { hasText: 'Where on board' }).waitFor();
  await assertAccessible(page, 'a change of kind');
  await page.locator('.form-end .primary').click();
  await page.waitForFunction((was) => document.querySelector('#ticket') && document.querySelector('#ticket').dataset.ticket !== was, before);
  await told(page, 'Where on board');
  await page.watch.assertQuiet();
});

test('what must be known before a ticket is done keeps an agent from resolving it, and says what is missing', async (t) => {
  const page = await person(t, 'jonas', '/desk');
  await opened(page, 'Why the gates stop', 'incident');
  await pick(page, 'kind', { value: 'problem' });
  await page.waitForFunction(() => document.querySelector('#ticket')?.dataset.ticket.startsWith('PRB-'));
  const number = await page.locator('#ticket').getAttribute('data-ticket');
  await page.locator('#timeline').focus();
  await page.keyboard.press('e');
  await page.locator('h1', { hasText: 'Move to “Resolved”' }).waitFor();
  const cause = page.locator('[id="fields.cause"]');
  assert.ok(await cause.evaluate((one) => one.required), 'the browser asks for it');
  await assertAccessible(page, 'a step that asks');
  // Whoever gets round the browser is refused by the desk, in words.
  page.watch.forgive(/status of 422/);
  await page.locator('.form-page form').evaluate((form) => { form.noValidate = true; });
  await page.locator('.form-end .primary').click();
  await page.locator('.asked[data-field=cause] .refusal').waitFor();
  await page.locator('[id="fields.cause"]').selectOption('Hardware');
  await page.locator('.form-end .primary').click();
  await page.locator('#ticket-head', { hasText: 'Resolved' }).waitFor();
  assert.equal(await page.locator('#ticket').getAttribute('data-ticket'), number);
  await page.watch.assertQuiet();
});

test('an auditor reads states, fields and forms and is offered nothing to change', async (t) => {
  const admin = await person(t, 'tomas', '/admin/people?q=nora');
  await admin.goto(`${steward.url}/admin/people?q=nora`);
  await admin.locator('.lines a, table a', { hasText: 'Nora' }).first().click();
  await admin.locator('#rights').getByLabel('Auditor').check();
  await admin.locator('#rights button.primary').click();
  await admin.locator('.page-head .chip', { hasText: 'Auditor' }).waitFor();

  const page = await person(t, 'nora', '/desk');
  await page.goto(`${steward.url}/admin/states/incident?state=open`);
  await panel(page, 'Open');
  await page.locator('.states-panel a', { hasText: 'Resolved' }).click();
  await panel(page, 'Open → Resolved');
  for (const path of ['states/incident', 'states/incident?state=open', 'states/incident?from=open&to=resolved', 'fields', 'fields/ship', 'forms', 'forms/question']) {
    await page.goto(`${steward.url}/admin/${path}`);
    await page.locator('.admin-page h1').waitFor();
    const offered = await page.locator('.admin-page form[method=post] button:not([disabled])').evaluateAll((all) => all.filter((one) => !one.matches(':disabled')).length);
    assert.equal(offered, 0, path);
    await assertAccessible(page, `${path} as an auditor`);
  }
  await page.watch.assertQuiet();
});

test('the pages of practices are accessible in both themes and fit a phone', async (t) => {
  const places = ['/admin/states', '/admin/states/incident', '/admin/states/change?state=draft', '/admin/states/incident?from=open&to=waiting_for_parts', '/admin/fields', '/admin/fields/new', '/admin/fields/ship', '/admin/forms', '/admin/forms/question', '/desk/new', '/requests/new'];
  for (const colorScheme of ['light', 'dark']) {
    const page = await person(t, 'tomas', '/desk', { colorScheme });
    for (const path of places) {
      await page.goto(`${steward.url}${path}`);
      await assertAccessible(page, `${path} ${colorScheme}`);
      await page.setViewportSize({ width: 360, height: 740 });
      await assertFits(page, path);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await page.watch.assertQuiet();
  }
});

test('back and forward walk through what was looked at, one press adds one state, and a session that ends takes no form along', async (t) => {
  const page = await person(t, 'tomas', '/admin/states/change');
  const node = (words) => page.locator('.states-node', { hasText: words });
  const first = page.url();
  await page.locator('[data-node]').nth(1).click();
  await page.waitForURL((url) => url.href !== first);
  const second = page.url();
  await page.locator('[data-node]').nth(2).click();
  await page.waitForURL((url) => url.href !== second);
  const third = page.url();
  await page.goBack();
  await page.waitForURL(second);
  await page.goBack();
  await page.waitForURL(first);
  await page.goForward();
  await page.waitForURL(second);
  await page.goForward();
  await page.waitForURL(third);
  await page.locator('.states-panel a', { hasText: 'Add a state' }).click();
  await page.fill('.states-panel #name', 'Twice');
  await page.evaluate(() => (window.isSame = true));
  await page.locator('a[href="#main"]').press('Enter');
  await page.waitForFunction(() => location.hash === '#main');
  assert.equal(await page.inputValue('.states-panel #name'), 'Twice');

  page.watch.forgive(/status of 401/);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.locator('.states-panel button', { hasText: 'Add a state' }).click();
  await page.locator('.session-bar').waitFor();
  assert.equal(await page.inputValue('.states-panel #name'), 'Twice');
  assert.equal(await page.evaluate(() => window.isSame), true);
  await page.context().addCookies(cookies);
  await page.locator('.states-panel button', { hasText: 'Add a state' }).evaluate((button) => {
    button.click();
    button.click();
  });
  await panel(page, 'Twice');
  assert.equal(await node('Twice').count(), 1);
  await page.locator('[value=discard]').click();
  await node('Twice').waitFor({ state: 'detached' });
  await page.watch.assertQuiet();
});
