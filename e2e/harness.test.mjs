// The harness itself: what it promises to notice, it notices.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after } from 'node:test';
import { deliver, mailTrap, openBrowser, ownPage } from './support.mjs';

const browser = await openBrowser({ after });

const FREE = "default-src 'self' 'unsafe-inline'; img-src * data:";

async function servePage(t, body, policy = FREE) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end(`<!doctype html><title>page</title>${body}`);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }));
  return `http://127.0.0.1:${server.address().port}/`;
}

async function complaintsAbout(t, body, policy) {
  const page = await ownPage(t, browser);
  await page.goto(await servePage(t, body, policy));
  return (await page.watch.complaints()).join('\n');
}

test('a quiet page passes', async (t) => {
  assert.equal(await complaintsAbout(t, '<h1>Quiet</h1><script>console.log("fine")</script>'), '');
});

test('an error on the console is noticed', async (t) => {
  assert.match(await complaintsAbout(t, '<script>console.error("lost")</script>'), /console: lost/);
});

test('an exception is noticed', async (t) => {
  assert.match(await complaintsAbout(t, '<script>null.lost</script>'), /script: TypeError/);
});

test('a breach of the content security policy is noticed', async (t) => {
  const found = await complaintsAbout(t, '<script>document.title = "run"</script>', "default-src 'self'");
  assert.match(found, /content security policy: script-src-elem inline/);
});

test('a request that leaves the machine is noticed and not sent', async (t) => {
  const found = await complaintsAbout(t, '<img src="http://tracker.invalid/pixel.png" alt="">');
  assert.match(found, /request leaves this machine: http:\/\/tracker\.invalid\/pixel\.png/);
});

test('what a story provokes on purpose is forgiven', async (t) => {
  const page = await ownPage(t, browser);
  page.watch.forgive(/console: expected/);
  await page.goto(await servePage(t, '<script>console.error("expected")</script>'));
  await page.watch.assertQuiet();
});

test('mail that is delivered comes out of the trap as it was', async (t) => {
  const trap = await mailTrap(t);
  const message = 'Subject: dots\n\nfirst\n.\n..last\n';
  const port = Number(new URL(trap.url).port);
  await deliver({ port, from: 'a@example.test', to: ['b@example.test', 'c@example.test'], message, protocol: 'SMTP' });
  assert.deepEqual(await trap.next(), {
    from: 'a@example.test',
    to: ['b@example.test', 'c@example.test'],
    raw: 'Subject: dots\r\n\r\nfirst\r\n.\r\n..last\r\n',
  });
});
