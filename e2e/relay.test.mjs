// Through a real relay, both ways, with Python's mail library as a second opinion on what we send.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Postfix } from './postfix.mjs';
import { until } from './until.mjs';
import { deliver, freePort, letter, Steward } from './support.mjs';

const run = promisify(execFile);
const READER = fileURLToPath(new URL('./read_mail.py', import.meta.url));

/** A letter as Python's mail library reads it. */
const read = async (file) => JSON.parse((await run('python3', [READER, file])).stdout);

async function deskBehindRelay(t) {
  const steward = await Steward.create(t);
  steward.lmtp = await freePort();
  const postfix = await Postfix.start(t, { deskDomain: 'desk.example', lmtp: steward.lmtp, customers: 'customer.example' });
  await steward.run(['setup', '--admin-email', 'ada@desk.example', '--admin-name', 'Ada Ågren', '--desk-name', 'Harbour help', '--locale', 'en'], { input: 'a long enough password\n' });
  steward.token = (await steward.run(['token', 'add', '--email', 'ada@desk.example', '--name', 'test'])).trim().split(/\s+/).at(-1);
  await steward.serve('--lmtp-listen', `127.0.0.1:${steward.lmtp}`, '--smtp-relay', postfix.url, '--mail-domain', 'desk.example');
  const { body } = await steward.api(steward.token, 'GET', '/mailboxes');
  steward.mailbox = (body.items ?? body)[0].address;
  return { steward, postfix };
}

const ticketCalled = (steward, title) => until(async () => {
  const { body } = await steward.api(steward.token, 'GET', `/tickets?q=${encodeURIComponent(`"${title}"`)}`);
  return body.items[0];
}, `a ticket "${title}"`);

const messages = async (steward, ticket) => (await steward.api(steward.token, 'GET', `/tickets/${ticket.number}/messages`)).body.items;

const send = (postfix, message, to) => deliver({ port: postfix.port, from: 'zoe@customer.example', to, message, protocol: 'SMTP' });

test('a letter through Postfix becomes a ticket, the reply reaches the mailbox whole, and its answer joins', async (t) => {
  const { steward, postfix } = await deskBehindRelay(t);
  const subject = 'Прожектор на причале';
  const question = letter({
    from: '"Zoë Müller" <zoe@customer.example>', to: steward.mailbox, subject: '=?utf-8?B?' + Buffer.from(subject).toString('base64') + '?=',
    body: 'Der Scheinwerfer am Kai 7 ist aus. Grüße, Zoë',
  });
  await send(postfix, question, steward.mailbox);
  const ticket = await ticketCalled(steward, subject);
  assert.equal(ticket.title, subject);
  const [first] = await messages(steward, ticket);
  assert.match(first.body_text, /Der Scheinwerfer am Kai 7 ist aus\. Grüße, Zoë/);

  const acknowledgement = await read(await postfix.next());
  assert.equal(acknowledgement.headers['auto-submitted'], 'auto-replied');
  assert.match(acknowledgement.headers.subject, new RegExp(ticket.number));
  assert.equal(acknowledgement.headers['in-reply-to'], question.match(/^Message-ID: (.*)$/m)[1]);
  assert.deepEqual([acknowledgement.defects, acknowledgement.to], [[], ['zoe@customer.example']]);

  const words = 'Здравствуйте, Zoë! 灯会修好 — до вечера.\n\n.a line that begins with a dot\n' + 'long '.repeat(400);
  const answer = await steward.api(steward.token, 'POST', `/tickets/${ticket.number}/messages`, { kind: 'reply', body: words, body_format: 'text' });
  assert.equal(answer.status, 201);
  const reply = await read(await postfix.next());
  assert.deepEqual(reply.defects, []);
  assert.ok(reply.is_ascii_head && reply.longest_line <= 998, 'lines and headers that every server takes');
  assert.equal(reply.plain.replace(/\s+/g, ' ').includes('Здравствуйте, Zoë! 灯会修好 — до вечера.'), true, reply.plain);
  assert.match(reply.plain, /^\.a line that begins with a dot/m);
  assert.match(reply.headers.references, new RegExp(question.match(/^Message-ID: <(.*)>$/m)[1].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  assert.ok(reply.headers['message-id'] && reply.headers.date && reply.headers['mime-version'] === '1.0');
  assert.equal(reply.headers['auto-submitted'], undefined);
  assert.equal(reply.from[0], steward.mailbox);
  assert.match(reply.from_name, /Ada Ågren|Harbour help/);
  assert.match(reply.reply_to[0], /^[^@]+\+[^@]+@desk\.example$/);
  if (reply.html !== null) assert.equal(reply.type, 'multipart/alternative');

  await send(postfix, letter({
    from: 'Zoe <zoe@customer.example>', to: reply.reply_to[0], subject: 'Re: anything at all', body: 'Danke, es leuchtet.',
  }), reply.reply_to[0]);
  const joined = await until(async () => (await messages(steward, ticket)).find((one) => /es leuchtet/.test(one.body_text)), 'the answer in its ticket');
  assert.ok(joined.joined_because, 'the reason is recorded');
  assert.equal((await steward.api(steward.token, 'GET', '/tickets?count=true')).body.total, 1);
});

test('while the relay is down mail waits, and leaves once when it is up again', async (t) => {
  const { steward, postfix } = await deskBehindRelay(t);
  const opened = await steward.api(steward.token, 'POST', '/tickets', { title: 'Rope is frayed', requester: 'zoe@customer.example', body: 'Called in.' });
  assert.equal(opened.status, 201);
  await postfix.stop();
  const answer = await steward.api(steward.token, 'POST', `/tickets/${opened.body.number}/messages`, { kind: 'reply', body: 'A new rope comes tomorrow.', body_format: 'text' });
  assert.equal(answer.status, 201);
  const waiting = async () => (await steward.api(steward.token, 'GET', '/outgoing')).body.items;
  await until(async () => (await waiting()).some((one) => one.attempts > 0), 'a first try in vain');
  const before = await postfix.count();
  await postfix.up();
  let reply;
  do reply = await read(await postfix.next()); while (!/A new rope comes tomorrow/.test(reply.plain));
  await until(async () => (await waiting()).every((one) => one.state === 'sent'), 'an empty queue');
  const held = await postfix.count();
  assert.ok(held - before <= 2, `${held - before} letters for one reply and one acknowledgement`);
  assert.deepEqual(reply.defects, []);
});
