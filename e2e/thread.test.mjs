// A mail arrives, an agent answers, the customer's answer joins: the story that everything else stands on.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { header, letter, mailTrap, openBrowser, row, sampleCompany, screenshot, signedIn, told, write, written } from './support.mjs';

const browser = await openBrowser({ after });

/** What the customer's mail program makes of our letter when they press "reply". */
function answerTo(raw, body) {
  return letter({
    from: 'Kaja Lind <kaja.lind@northpier.example>',
    to: header(raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?$/)[1],
    subject: `Re: ${header(raw, 'Subject').replace(/^Re: /i, '')}`,
    body,
    headers: [`In-Reply-To: ${header(raw, 'Message-ID')}`, `References: ${header(raw, 'Message-ID')}`],
  });
}

test('a mail becomes a ticket before the eyes of the agent, is answered by keyboard, and the answer joins it', async (t) => {
  const trap = await mailTrap(t);
  const steward = await sampleCompany(t, '--smtp-relay', trap.url);
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open');

  await write(steward, letter({ from: 'Kaja Lind <kaja.lind@northpier.example>', subject: 'Gangway lamp is dark', body: 'The lamp at pier 4 does not burn.' }));
  await row(page, 'Gangway lamp is dark').waitFor();
  const acknowledgement = await trap.next();
  assert.deepEqual(acknowledgement.to, ['kaja.lind@northpier.example']);
  assert.match(header(acknowledgement.raw, 'Auto-Submitted'), /auto-replied/);

  // By keyboard alone: down to the row, open it, reply, send.
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('j');
    if (await page.evaluate(() => document.activeElement?.textContent.includes('Gangway lamp is dark'))) break;
  }
  await page.keyboard.press('Enter');
  await page.locator('#ticket-title', { hasText: 'Gangway lamp is dark' }).waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('A new lamp is on its way.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'A new lamp is on its way.');
  const head = page.locator('#ticket-head');
  await head.getByText('Waiting for the requester').first().waitFor();
  assert.equal(await written(page), '');
  const sent = await trap.next();
  assert.match(sent.raw, /A new lamp is on its way\./);
  await screenshot(page, 'thread-answered');

  // The customer answers while the agent writes on.
  await page.locator('#composer-body').pressSequentially('PS: it comes at two');
  for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowLeft');
  await write(steward, answerTo(sent.raw, 'Too late, the ferry left in the dark.'));
  await told(page, 'Too late, the ferry left in the dark.');
  const editor = await page.locator('#composer-body').evaluate((field) => [field.innerText.trim(), getSelection().anchorOffset, document.activeElement === field]);
  assert.deepEqual(editor, ['PS: it comes at two', 4, true], 'a live update touched the editor');
  await head.getByText('Waiting for us').first().waitFor();

  // The first try shows what came in between; it goes when its writer says so.
  page.watch.forgive(/status of 409/);
  await page.keyboard.press('Control+Enter');
  const guard = page.locator('dialog.guard');
  await guard.locator('blockquote', { hasText: 'the ferry left in the dark' }).waitFor();
  assert.equal(await written(page), 'PS: it comes at two');
  await guard.locator('form[data-anyway] button').click();
  await told(page, 'PS: it comes at two');
  const second = await trap.next();
  assert.match(second.raw, /PS: it comes at two/);
  assert.ok(header(second.raw, 'References').includes(header(sent.raw, 'Message-ID')), 'the thread of the letters is whole');
  assert.equal(await page.locator('#timeline .message').count(), 4);
  await page.watch.assertQuiet();
});
