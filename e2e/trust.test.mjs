// Who wrote a mail, as its domain says: with a real name server, and signatures made and checked by another hand than ours.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { keyPair, signed, verified } from './dkim.mjs';
import { nameServer } from './dns.mjs';
import { until } from './until.mjs';
import { deliver, freePort, header, letter, mailTrap, Steward } from './support.mjs';

const VOUCHED = 'north-pier-shipping.net';
const SILENT = 'small-yard.net';
const key = keyPair();
const RECORDS = {
  [VOUCHED]: 'v=spf1 ip4:192.0.2.10 -all',
  [`_dmarc.${VOUCHED}`]: 'v=DMARC1; p=reject',
  [`one._domainkey.${VOUCHED}`]: key.record,
  [SILENT]: 'v=spf1 ?all',
};

async function deskWithNames(t, ...more) {
  const dns = await nameServer(t, RECORDS);
  const trap = await mailTrap(t);
  const steward = await Steward.create(t);
  steward.smtp = await freePort();
  await steward.run(['setup', '--admin-email', 'ada@desk.example', '--admin-name', 'Ada', '--desk-name', 'Harbour help', '--locale', 'en'], { input: 'a long enough password\n' });
  steward.token = (await steward.run(['token', 'add', '--email', 'ada@desk.example', '--name', 'test'])).trim().split(/\s+/).at(-1);
  await steward.serve('--smtp-listen', `127.0.0.1:${steward.smtp}`, '--smtp-relay', trap.url, '--mail-domain', 'desk.example', '--dns-resolver', dns, ...more);
  steward.mailbox = (await steward.api(steward.token, 'GET', '/mailboxes')).body.items[0].address;
  return { steward, trap };
}

/** As a mail server of ours hands it on: the line on top says where it came from. */
const relayed = (raw, ip, domain) => `Received: from mx.${domain} (mx.${domain} [${ip}])\r\n\tby mx.desk.example (Postfix) with ESMTP id 4F;\r\n\tSun, 22 Nov 2026 08:00:00 +0000 (UTC)\r\n${raw.replace(/\r?\n/g, '\r\n')}`;
const hand = (steward, raw, from, to = steward.mailbox) => deliver({ port: steward.smtp, from, to, message: raw, protocol: 'SMTP' });

const messages = async (steward, number) => (await steward.api(steward.token, 'GET', `/tickets/${number}/messages`)).body.items;
const ticketCalled = (steward, title) => until(async () => (await steward.api(steward.token, 'GET', `/tickets?q=${encodeURIComponent(`"${title}"`)}`)).body.items[0], `a ticket "${title}"`);
const grown = (steward, number, count) => until(async () => {
  const list = await messages(steward, number);
  return list.length >= count && list;
}, `${count} messages in ${number}`);

test('t_m1: what the domain vouches for acts, what it disowns is held, what it is silent about needs evidence', async (t) => {
  const { steward, trap } = await deskWithNames(t);
  const alice = `alice@${VOUCHED}`;
  const from = `Alice <${alice}>`;

  // The right server: SPF passes and is aligned.
  await hand(steward, relayed(letter({ from, to: steward.mailbox, subject: 'Crane 4 stands still', body: 'Since seven.' }), '192.0.2.10', VOUCHED), alice);
  const ticket = await ticketCalled(steward, 'Crane 4 stands still');
  const [first] = await messages(steward, ticket.number);
  assert.deepEqual([first.verified, first.held, first.extras.authentication.spf, first.extras.authentication.verdict], [true, false, 'pass', 'pass']);
  await trap.next();
  assert.equal((await steward.api(steward.token, 'POST', `/tickets/${ticket.number}/messages`, { body: 'A fitter is on the way.' })).status, 201);
  const reply = await trap.next();
  const answer = (body, ...headers) => letter({
    from, to: header(reply.raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?$/)[1], subject: 'Re: Crane 4', body,
    headers: [`In-Reply-To: ${header(reply.raw, 'Message-ID')}`, ...headers],
  });
  const sendTo = header(reply.raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?$/)[1];

  // Another server without a signature: the domain says reject.
  await hand(steward, relayed(answer('I am Alice, send me the code.', 'Cc: mallory@evil-corp.net'), '203.0.113.66', 'evil-corp.net'), alice, sendTo);
  const forged = (await grown(steward, ticket.number, 3)).at(-1);
  assert.deepEqual([forged.verified, forged.held, forged.extras.authentication.dmarc, forged.extras.authentication.policy], [false, true, 'fail', 'reject']);

  // A forwarder, with the signature whole: DKIM passes and is aligned.
  const genuine = signed(answer('It runs again, thank you.'), { privateKey: key.privateKey, domain: VOUCHED, selector: 'one' });
  await hand(steward, relayed(genuine, '203.0.113.9', 'forwarder.net'), 'bounce@forwarder.net', sendTo);
  const believed = (await grown(steward, ticket.number, 4)).at(-1);
  assert.deepEqual([believed.verified, believed.held, believed.extras.authentication.dkim], [true, false, 'pass']);

  // The same signature over other words.
  const bent = signed(answer('Never mind.', 'Cc: mallory@evil-corp.net'), { privateKey: key.privateKey, domain: VOUCHED, selector: 'one' }).replace('Never mind.', 'Pay now.');
  await hand(steward, relayed(bent, '203.0.113.9', 'forwarder.net'), 'bounce@forwarder.net', sendTo);
  const caught = (await grown(steward, ticket.number, 5)).at(-1);
  assert.deepEqual([caught.verified, caught.held, caught.extras.authentication.dkim], [false, true, 'fail']);

  const people = (await steward.api(steward.token, 'GET', `/tickets/${ticket.number}/participants`)).body.items;
  assert.ok(people.every((one) => !one.person.email.includes('evil')) , JSON.stringify(people));

  // No policy: a mail of its own is taken, and called what it is.
  await hand(steward, relayed(letter({ from: `Bo <bo@${SILENT}>`, to: steward.mailbox, subject: 'Rope wanted', body: 'Ten metres.' }), '203.0.113.5', SILENT), `bo@${SILENT}`);
  const rope = await ticketCalled(steward, 'Rope wanted');
  const [said] = await messages(steward, rope.number);
  assert.deepEqual([said.verified, said.held, said.extras.authentication.verdict], [false, false, 'none']);
});

test('what goes out is signed so that others can check it', async (t) => {
  const keys = await Steward.create(t);
  const file = join(keys.dataDir, 'dkim.pem');
  const printed = await keys.run(['mail', 'dkim-key', file, '--mail-domain', 'desk.example']).catch((error) => { throw error; });
  const record = printed.replace(/["()\s]+/g, ' ').match(/v=DKIM1;.*?p=([A-Za-z0-9+/= ]+)/)[0].replace(/ /g, '');
  const { steward, trap } = await deskWithNames(t, '--dkim-key', file);
  await hand(steward, letter({ from: 'Kaja <kaja@customer.example>', to: steward.mailbox, subject: 'Ключ', body: 'Где ключ?' }), 'kaja@customer.example');
  const { raw } = await trap.next();
  const tags = verified(raw, record);
  assert.equal(tags.d, 'desk.example');
  assert.ok(tags.h.toLowerCase().split(':').includes('from') && !('l' in tags));
  assert.throws(() => verified(raw.replace(/^Subject: /m, 'Subject: X'), record), /signature is wrong/);
});
