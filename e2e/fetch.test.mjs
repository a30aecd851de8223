// Mail fetched from a real Dovecot, by IMAP and POP3.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { promisify } from 'node:util';
import { Dovecot } from './dovecot.mjs';
import { until } from './until.mjs';
import { letter, Steward } from './support.mjs';

const run = promisify(execFile);
const PASSWORD = 's3cret-words';
/** A backlog; `BACKLOG=50000` measures the one that Steward promises. */
const BACKLOG = Number(process.env.BACKLOG ?? 2_000);
const MINUTES_FOR_50000 = 20;

async function deskWithDovecot(t) {
  const steward = await Steward.create(t);
  const dovecot = await Dovecot.start(t, { password: PASSWORD });
  await steward.run(['setup', '--admin-email', 'ada@desk.example', '--admin-name', 'Ada Ågren', '--desk-name', 'Harbour help', '--locale', 'en'], { input: 'a long enough password\n' });
  steward.token = (await steward.run(['token', 'add', '--email', 'ada@desk.example', '--name', 'test'])).trim().split(/\s+/).at(-1);
  steward.environment = { SSL_CERT_FILE: dovecot.certificate };
  await steward.serve('--mail-domain', 'desk.example');
  steward.mailbox = (await steward.api(steward.token, 'GET', '/mailboxes')).body.items[0].address;
  return { steward, dovecot };
}

const about = (subject) => letter({ from: 'Zoe <zoe@customer.example>', to: 'help@desk.example', subject, body: `About ${subject}.\n.dots\n` });

const total = async (steward) => (await steward.api(steward.token, 'GET', '/tickets?count=true&limit=1')).body.total;

async function source(steward, input) {
  const made = await steward.api(steward.token, 'POST', '/mail-sources', { mailbox: steward.mailbox, user: 'help', password: PASSWORD, ...input });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.ok(!JSON.stringify(made.body).includes(PASSWORD), 'a password never comes back');
  return made.body;
}

const look = async (steward, one) => (await steward.api(steward.token, 'GET', `/mail-sources/${one.id}`)).body;

test('mail comes from several folders by IMAP as it arrives, over TLS and STARTTLS, and is marked and moved', async (t) => {
  const { steward, dovecot } = await deskWithDovecot(t);
  await dovecot.put('help', [about('Waiting before')]);
  await dovecot.put('help', [about('In another folder')], 'Support');
  await dovecot.put('second', [about('To be moved')]);
  const marking = await source(steward, { kind: 'imap', host: 'localhost', port: dovecot.imaps, folders: ['INBOX', 'Support'] });
  const moving = await source(steward, { kind: 'imap', host: 'localhost', port: dovecot.imap, security: 'starttls', user: 'second', afterwards: 'move', move_to: 'Taken' });
  const seen = await steward.api(steward.token, 'POST', `/mail-sources/${marking.id}/check`);
  assert.deepEqual([seen.status, seen.body.folders.map((one) => one.folder)], [200, ['INBOX', 'Support']]);
  await until(async () => await total(steward) === 3, 'three tickets');
  await until(async () => (await dovecot.names('second', 'Taken')).length === 1, 'the moved message');
  assert.equal((await dovecot.names('second')).length, 0);
  await until(async () => (await dovecot.names('help')).every((name) => /,[A-Z]*S/.test(name)), 'the mark on the message');

  const log = () => readFile(dovecot.at('log'), 'utf8');
  const started = Date.now();
  await dovecot.put('help', [about('Arrives later')]);
  await until(async () => await total(steward) === 4, 'a ticket of the message that arrived');
  assert.ok(Date.now() - started < 30_000, 'sooner than any poll');
  await dovecot.stop();
  await until(async () => (await look(steward, moving)).state[0].problem !== null, 'a problem that is shown', 60_000);
  await dovecot.put('second', [about('While it was down')]);
  await dovecot.up();
  await until(async () => await total(steward) === 5, 'the ticket of the message that waited', 120_000);
  assert.equal((await look(steward, moving)).taken, 2, await log());
});

test('what is wrong with an account is said in plain words', async (t) => {
  const { steward, dovecot } = await deskWithDovecot(t);
  const base = { kind: 'imap', host: 'localhost', port: dovecot.imaps, active: false };
  for (const [input, field, words] of [
    [{ ...base, password: 'wrong' }, 'user', /refuses the user or the password/],
    [{ ...base, folders: ['No such folder'] }, 'folders', /folder cannot be opened/],
    [{ ...base, port: dovecot.imap }, 'security', /No secure connection/],
    [{ ...base, host: '127.0.0.1' }, 'security', /certificate/],
    [{ ...base, kind: 'pop3' }, 'kind', /check protocol and port/],
  ]) {
    const one = await source(steward, input);
    const { status, body } = await steward.api(steward.token, 'POST', `/mail-sources/${one.id}/check`);
    assert.equal(status, 422, JSON.stringify(body));
    assert.equal(body.errors[0].field, field, JSON.stringify(body));
    assert.match(body.errors[0].message, words);
  }
});

test('a maildrop is emptied by POP3', async (t) => {
  const { steward, dovecot } = await deskWithDovecot(t);
  await dovecot.put('help', ['one', 'two', 'three'].map(about));
  await source(steward, { kind: 'pop3', host: 'localhost', port: dovecot.pop3, security: 'starttls', afterwards: 'delete' });
  await until(async () => await total(steward) === 3, 'three tickets');
  await until(async () => (await dovecot.names('help')).length === 0, 'an empty maildrop');
});

test(`a backlog of ${BACKLOG} messages is taken in one go, through a renumbering, and none twice`, { timeout: 3_600_000 }, async (t) => {
  const { steward, dovecot } = await deskWithDovecot(t);
  await dovecot.put('help', Array.from({ length: BACKLOG }, (_, n) => about(`Backlog ${n}`)));
  const started = Date.now();
  const one = await source(steward, { kind: 'imap', host: 'localhost', port: dovecot.imaps });
  const deadline = BACKLOG / 50_000 * MINUTES_FOR_50000 * 60_000 + 120_000;
  await until(async () => (await look(steward, one)).taken >= BACKLOG / 2, 'half of them', deadline);
  // The server forgets its numbers and who read what, in the middle of it.
  await dovecot.stop();
  await run('sh', ['-c', `rm -f ${dovecot.at('mail')}/help/dovecot*`]);
  await dovecot.up();
  await until(async () => await total(steward) >= BACKLOG, 'all of them', deadline);
  const seconds = (Date.now() - started) / 1_000;
  const { stdout } = await run('grep', ['VmHWM', `/proc/${steward.child.pid}/status`]);
  t.diagnostic(`${BACKLOG} messages in ${seconds.toFixed(0)} s (${(BACKLOG / seconds).toFixed(0)} a second); highest memory ${stdout.trim()}`);
  await until(async () => (await look(steward, one)).state[0].last_success_at !== null, 'the end of the backlog', 120_000);
  assert.equal(await total(steward), BACKLOG);
  const intake = new Set();
  for (let cursor = ''; cursor !== null;) {
    const { body } = await steward.api(steward.token, 'GET', `/intake?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const mail of body.items) {
      // What was on its way when the connection broke may come twice; it is then known by what it says.
      if (mail.outcome !== 'duplicate') intake.add(mail.id);
    }
    cursor = body.next_cursor;
  }
  assert.equal(intake.size, BACKLOG);
});
