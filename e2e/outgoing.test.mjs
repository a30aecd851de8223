// What goes out can be taken back, can wait, and a supplier is asked beside the ticket without the customer learning of it.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { header, letter, mailTrap, openBrowser, row, sampleCompany, screenshot, signedIn, told, until, write, written } from './support.mjs';

const browser = await openBrowser({ after });
const CUSTOMER = 'kaja.lind@northpier.example';

/** A ticket by mail, open before the agent, with its acknowledgement seen. */
async function openedByMail(t, subject, ...args) {
  const trap = await mailTrap(t);
  const steward = await sampleCompany(t, '--smtp-relay', trap.url, ...args);
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open');
  await write(steward, letter({ from: `Kaja Lind <${CUSTOMER}>`, subject, body: 'The lamp at pier 4 does not burn.' }));
  await row(page, subject).locator('a.row-subject').click();
  await page.locator('#ticket-title', { hasText: subject }).waitFor();
  await trap.next();
  return { trap, steward, page };
}

test('a reply is taken back, written again, sent later, and taken back from there', async (t) => {
  const { trap, page } = await openedByMail(t, 'Pier lamp is dark', '--undo-send-seconds', '5');
  await page.fill('#composer-body', 'Wrong words.');
  await page.locator('#composer button.reply-only').click();
  const waiting = page.locator('.sends form');
  await waiting.getByText('Sending in').waitFor();
  await screenshot(page, 'outgoing-undo');
  assert.equal(await written(page), '');
  await waiting.getByRole('button', { name: 'Undo' }).click();
  await waiting.waitFor({ state: 'detached' });
  await until(async () => (await written(page)) === 'Wrong words.', 'the text stands in the composer again');

  await page.fill('#composer-body', 'A new lamp is on its way.');
  await page.locator('#composer button.reply-only').click();
  await waiting.getByText('Sending in').waitFor();
  await told(page, 'A new lamp is on its way.');
  const sent = await trap.next();
  assert.deepEqual(sent.to, [CUSTOMER]);
  assert.match(sent.raw, /A new lamp is on its way\./);
  assert.doesNotMatch(sent.raw, /Wrong words/);
  await page.locator('.deliveries', { hasText: `Sent to ${CUSTOMER}` }).first().waitFor();
  await waiting.waitFor({ state: 'detached' });

  await page.fill('#composer-body', 'Does it burn?');
  await page.locator('.composer-later summary').click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.fill('#composer-send-at', `${tomorrow}T09:30`);
  await page.getByRole('button', { name: 'Schedule' }).click();
  await waiting.getByText('09:30').waitFor();
  await screenshot(page, 'outgoing-later');
  await waiting.getByRole('button', { name: 'Take back' }).click();
  await waiting.waitFor({ state: 'detached' });
  await until(async () => (await written(page)) === 'Does it burn?', 'the text stands in the composer again');
});

test('a supplier is asked beside the ticket, answers by mail, and the customer never learns of it', async (t) => {
  const { trap, steward, page } = await openedByMail(t, 'Crane key is lost');
  await page.locator('#sides > summary').click();
  await page.locator('.side-new > summary').click();
  await page.fill('#side-to', 'parts@supplier.example');
  await page.fill('#side-subject', 'One crane key');
  await page.fill('#side-body', 'Please send one key of type K4.');
  await page.locator('.side-new').getByRole('button', { name: 'Send message' }).click();
  const asked = await trap.next();
  assert.deepEqual(asked.to, ['parts@supplier.example']);
  assert.doesNotMatch(asked.raw, /Kaja|kaja|pier 4|Crane key is lost/);
  await write(steward, letter({
    from: 'Parts <parts@supplier.example>',
    to: header(asked.raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?$/)[1],
    subject: 'Re: One crane key',
    body: 'It ships tomorrow.',
    headers: [`In-Reply-To: ${header(asked.raw, 'Message-ID')}`],
  }));
  const side = page.locator('.side', { hasText: 'One crane key' });
  await side.getByText('It ships tomorrow.').waitFor();
  await page.locator('#timeline .message.note', { hasText: 'Side conversation: One crane key' }).first().waitFor();
  await screenshot(page, 'outgoing-side');
  await side.locator('textarea').fill('Thank you.');
  await side.getByRole('button', { name: 'Send message' }).click();
  const thanks = await trap.next();
  assert.deepEqual(thanks.to, ['parts@supplier.example']);
  assert.equal(header(thanks.raw, 'In-Reply-To') !== undefined, true);
  await page.fill('#composer-body', 'A key is on its way.');
  await page.locator('#composer button.reply-only').click();
  const reply = await trap.next();
  assert.deepEqual(reply.to, [CUSTOMER]);
  assert.doesNotMatch(reply.raw, /supplier|ships tomorrow|K4/);
});

test('what is unfolded beside the ticket, and what was begun there, stays while others change the ticket', async (t) => {
  const { steward, page } = await openedByMail(t, 'Crane chain is loose');
  await page.locator('#sides > summary').click();
  await page.locator('.side-new > summary').click();
  const newer = async (text) => {
    await write(steward, letter({ from: `Kaja Lind <${CUSTOMER}>`, subject: `Re: [${await page.locator('#ticket').getAttribute('data-ticket')}] Crane chain is loose`, body: text }));
    await told(page, text);
  };
  await newer('It hangs over the quay.');
  assert.equal(await page.locator('#side-to').isVisible(), true, 'nothing was begun yet');
  await page.fill('#side-to', 'parts@supplier.example');
  await page.locator('#side-to').blur();
  await newer('Nobody may pass.');
  assert.equal(await page.locator('#side-to').isVisible(), true);
  assert.equal(await page.inputValue('#side-to'), 'parts@supplier.example');
});
