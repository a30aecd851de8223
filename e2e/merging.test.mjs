// Tickets that belong together, messages that do not, and a mail that nobody can vouch for: told by what an agent sees and presses.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, assertFits, header, letter, mailTrap, openBrowser, openTicket, row, sampleCompany, screenshot, signedIn, told, write } from './support.mjs';

const browser = await openBrowser({ after });
const KAJA = 'Kaja Lind <kaja.lind@northpier.example>';

async function story(t, ...args) {
  const steward = await sampleCompany(t, ...args);
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open');
  return { steward, page };
}

async function arrived(steward, page, subject, body, more = {}) {
  await write(steward, letter({ from: KAJA, subject, body, ...more }));
  await row(page, subject).waitFor();
}

const number = async (page) => (await page.locator('.ticket-number').first().innerText()).trim();

test('two tickets are merged with a look at what happens, show both conversations, and part again', async (t) => {
  const { steward, page } = await story(t);
  await arrived(steward, page, 'Bilge pump hums', 'It hums all night.');
  await arrived(steward, page, 'Pump again', 'And now it rattles.', { from: 'Ivo Brand <ivo@shipyard.example>' });
  await openTicket(page, 'Bilge pump hums');
  const target = await number(page);
  await openTicket(page, 'Pump again');
  const part = await number(page);

  await page.locator('#pick-more > summary').click();
  await page.getByRole('link', { name: 'Merge' }).click();
  await page.getByLabel('Into which ticket').fill(target.toLowerCase());
  await page.getByRole('button', { name: 'See what happens' }).click();
  await page.getByRole('heading', { name: 'What happens' }).waitFor();
  await page.locator('.merge-what', { hasText: 'Left out' }).getByText('Ivo Brand').waitFor();
  await assertAccessible(page, 'merge preview');
  await assertFits(page, 'merge preview');
  await screenshot(page, 'merge-preview');
  await page.getByRole('button', { name: `Merge into ${target}` }).click();

  await told(page, 'It hums all night.');
  await told(page, 'And now it rattles.');
  await page.locator('.merge-line', { hasText: part }).waitFor();
  await assertAccessible(page, 'ticket after a merge');
  await screenshot(page, 'merge-done');
  // The old number leads to where work goes on; the ticket by itself says so.
  await page.goto(`${steward.url}/desk/tickets/${part}`);
  await page.locator('#ticket-title', { hasText: 'Bilge pump hums' }).waitFor();
  await page.goto(`${steward.url}/desk/tickets/${part}?alone=1`);
  await page.locator('.merge-line', { hasText: `Merged into ${target}` }).waitFor();
  assert.equal(await page.locator('#composer').count(), 0);

  await page.goto(`${steward.url}/desk/tickets/${target}`);
  await page.getByRole('button', { name: `Undo the merge of ${part}` }).click();
  await page.locator('#ticket-title', { hasText: 'Pump again' }).waitFor();
  assert.equal(await page.locator('.merge-line').count(), 0);
  await told(page, `merge with ${target} undone`);
  await page.goto(`${steward.url}/desk/tickets/${target}`);
  assert.equal(await page.locator('.message', { hasText: 'And now it rattles.' }).count(), 0);
  await page.watch.assertQuiet();
});

test('a message that belongs elsewhere becomes a ticket of its own, and goes back', async (t) => {
  const trap = await mailTrap(t);
  const { steward, page } = await story(t, '--smtp-relay', trap.url);
  await arrived(steward, page, 'Winch is stuck', 'It does not turn.');
  const acknowledgement = await trap.next();
  await write(steward, letter({
    from: KAJA,
    to: header(acknowledgement.raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?$/)[1],
    subject: 'Re: Winch is stuck',
    body: 'By the way, the kettle is broken too.',
  }));
  await openTicket(page, 'Winch is stuck');
  await told(page, 'the kettle is broken');
  const first = await number(page);

  const message = page.locator('.message', { hasText: 'kettle' });
  await message.locator('.message-menu > summary').click();
  await screenshot(page, 'move-menu');
  await message.getByRole('link', { name: 'Not this ticket' }).click();
  await page.locator('.move-message', { hasText: 'kettle' }).waitFor();
  await page.getByLabel('Title of the new ticket').fill('Kettle is broken');
  await assertAccessible(page, 'not this ticket');
  await assertFits(page, 'not this ticket');
  await screenshot(page, 'move-page');
  await page.getByRole('button', { name: 'Move it' }).click();
  await page.locator('#ticket-title', { hasText: 'Kettle is broken' }).waitFor();
  await told(page, `a message was moved here from ${first}`);
  await screenshot(page, 'move-done');

  await page.locator('.message', { hasText: 'kettle' }).locator('.message-menu > summary').click();
  await page.getByRole('link', { name: 'Not this ticket' }).click();
  await page.locator(`.choice input[value="${first}"]`).check();
  await page.getByRole('button', { name: 'Move it' }).click();
  await page.locator('#ticket-title', { hasText: 'Winch is stuck' }).waitFor();
  await told(page, 'the kettle is broken');
  await page.watch.assertQuiet();
});

test('a message that nothing proves waits for a glance, counts after it, and junk is folded away', async (t) => {
  const trap = await mailTrap(t);
  const { steward, page } = await story(t, '--smtp-relay', trap.url);
  await arrived(steward, page, 'Invoice of March', 'Please send it.');
  const id = header((await trap.next()).raw, 'Message-ID');
  const stranger = (body) => write(steward, letter({
    from: 'Mo Unknown <mo@elsewhere.example>', subject: 'Re: Invoice of March', body, headers: [`In-Reply-To: ${id}`],
  }));
  await openTicket(page, 'Invoice of March');
  await stranger('Send it to me instead.');
  await stranger('Cheap pills.');
  await told(page, 'Cheap pills.');
  const held = page.locator('.message', { hasText: 'Send it to me' });
  await held.getByText('Held for you to check').waitFor();
  await assertAccessible(page, 'held message');
  await assertFits(page, 'held message');
  await screenshot(page, 'held');
  await held.getByRole('button', { name: 'It is genuine' }).click();
  await held.getByText('Held for you to check').waitFor({ state: 'detached' });
  await told(page, 'accepted a held message');
  await page.locator('.message', { hasText: 'Cheap pills.' }).getByRole('button', { name: 'Discard as junk' }).last().click();
  await page.locator('.discarded > summary').waitFor();
  await told(page, 'discarded a message as junk');
  await assertAccessible(page, 'discarded message');
  await screenshot(page, 'held-decided');
  await page.watch.assertQuiet();
});
