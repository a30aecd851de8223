// The other side of the mail: somebody who writes to the desk, and a relay that takes what the desk sends.

import { createConnection, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Hands one message to an SMTP or LMTP listener, and comes back when it has said yes to every recipient. */
export async function deliver({ port, from, to, message, protocol = 'LMTP' }) {
  const recipients = [to].flat();
  const socket = createConnection({ host: '127.0.0.1', port });
  const answers = answersOf(socket);
  const ask = async (line, wanted) => {
    if (line) socket.write(`${line}\r\n`);
    const answer = await answers.next();
    if (!answer.startsWith(wanted)) throw new Error(`${line || 'greeting'}: ${answer}`);
    return answer;
  };
  try {
    await ask('', '220');
    await ask(`${protocol === 'LMTP' ? 'LHLO' : 'EHLO'} client.test`, '250');
    await ask(`MAIL FROM:<${from}>`, '250');
    for (const recipient of recipients) await ask(`RCPT TO:<${recipient}>`, '250');
    await ask('DATA', '354');
    const lines = message.replace(/\r?\n$/, '').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
    const receipts = [await ask(`${lines}\r\n.`, '250')];
    // LMTP answers for each recipient.
    while (protocol === 'LMTP' && receipts.length < recipients.length) receipts.push(await ask('', '250'));
    await ask('QUIT', '221');
    return receipts;
  } finally {
    socket.destroy();
  }
}

/** A relay that keeps what it is given: `await trap.next()` is the next `{ from, to, raw }`. */
export async function mailTrap(t) {
  const waiting = [];
  const arrived = [];
  const arrive = (mail) => {
    const next = waiting.shift();
    if (next) next(mail);
    else arrived.push(mail);
  };
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    take(socket, arrive);
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  t.after(() => new Promise((closed) => {
    server.close(closed);
    for (const socket of sockets) socket.destroy();
  }));
  return {
    url: `smtp://127.0.0.1:${server.address().port}`,
    next: () => (arrived.length ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve))),
  };
}

function take(socket, arrive) {
  let mail = { to: [] };
  let body = null;
  const say = (line) => socket.write(`${line}\r\n`);
  say('220 trap.test');
  createInterface({ input: socket, crlfDelay: Infinity }).on('line', (line) => {
    if (body) {
      if (line !== '.') return void body.push(line.replace(/^\./, ''));
      arrive({ ...mail, raw: `${body.join('\r\n')}\r\n` });
      [mail, body] = [{ to: [] }, null];
      return say('250 2.0.0 kept');
    }
    const [verb] = line.toUpperCase().split(/[ :]/, 1);
    const address = line.match(/<([^>]*)>/)?.[1];
    switch (verb) {
      case 'EHLO': socket.write('250-trap.test\r\n250 8BITMIME\r\n'); break;
      case 'MAIL': mail = { from: address, to: [] }; say('250 2.1.0 ok'); break;
      case 'RCPT': mail.to.push(address); say('250 2.1.5 ok'); break;
      case 'DATA': body = []; say('354 go on'); break;
      case 'QUIT': say('221 2.0.0 bye'); socket.end(); break;
      default: say('250 2.0.0 ok');
    }
  });
}

/** Whole answers, one after the other; a line like `250-…` is continued by the next. */
function answersOf(socket) {
  const answers = [];
  const waiting = [];
  let lines = [];
  let ended = null;
  const settle = () => {
    while (waiting.length && answers.length) waiting.shift().resolve(answers.shift());
    while (waiting.length && ended) waiting.shift().reject(ended);
  };
  createInterface({ input: socket, crlfDelay: Infinity }).on('line', (line) => {
    lines.push(line);
    if (line[3] === '-') return;
    answers.push(lines.join('\n'));
    lines = [];
    settle();
  });
  const end = (error) => { ended ??= error ?? new Error('the connection is closed'); settle(); };
  socket.on('error', end).on('close', () => end());
  return { next: () => new Promise((resolve, reject) => { waiting.push({ resolve, reject }); settle(); }) };
}
