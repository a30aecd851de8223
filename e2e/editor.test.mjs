// Writing: rich text by keyboard alone, files and pictures into real mail, saved replies, mentions, recipients, passing on, looking into files.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { header, letter, mailTrap, openBrowser, row, sampleCompany, screenshot, signedIn, told, write, written } from './support.mjs';

const browser = await openBrowser({ after });
const CUSTOMER = 'kaja.lind@northpier.example';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** A ticket by mail, open before the agent. */
async function openedByMail(t, subject, body = 'The lamp at pier 4 does not burn.', headers = []) {
  const trap = await mailTrap(t);
  const steward = await sampleCompany(t, '--smtp-relay', trap.url, '--undo-send-seconds', '0');
  const page = await agent(t, steward, 'jonas');
  await write(steward, letter({ from: `Kaja Lind <${CUSTOMER}>`, subject, body, headers }));
  await open(page, subject);
  await trap.next();
  return { trap, steward, page };
}

const agent = (t, steward, who) => signedIn(t, browser, steward, who, '/desk/views/open');

async function open(page, subject) {
  await row(page, subject).locator('a.row-subject').click();
  await page.locator('#ticket-title', { hasText: subject }).waitFor();
}

/** The rich editor, with the cursor in it. */
async function editorOf(page, key = 'r') {
  await page.locator('#timeline').focus();
  await page.keyboard.press(key);
  const editor = page.locator('#composer .editor-text');
  await editor.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('.editor-text'));
  return editor;
}

/** Puts files and texts on the clipboard of a paste. */
const paste = (editor, { text = '', html = '', picture = '' }) =>
  editor.evaluate((place, given) => {
    const data = new DataTransfer();
    if (given.text) data.setData('text/plain', given.text);
    if (given.html) data.setData('text/html', given.html);
    if (given.picture) {
      const bytes = Uint8Array.from(atob(given.picture), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], 'lamp.png', { type: 'image/png' }));
    }
    place.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, { text, html, picture });

/** The HTML part of a mail, decoded. */
function htmlOf(raw) {
  const part = raw.slice(raw.search(/Content-Type: text\/html/i));
  const [head, ...rest] = part.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n').split(/\r?\n--/)[0];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return /quoted-printable/i.test(head) ? body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))) : body;
}

test('rich text by keyboard alone goes out as HTML with its text beside it', async (t) => {
  const { trap, page } = await openedByMail(t, 'Pier lamp is dark');
  const editor = await editorOf(page);
  await page.keyboard.type('Hello **Kaja**, please:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- unscrew ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('both');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Enter');
  await page.keyboard.type('write `OK`');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('see https://northpier.example/lamps');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.press('Control+Shift+K');
  const address = page.locator('#composer .editor-link input');
  await address.waitFor();
  await page.keyboard.type('javascript:alert(1)');
  await page.keyboard.press('Enter');
  assert.ok(await address.isVisible(), 'an address that is none is refused and stays to be mended');
  await address.fill('northpier.example/lamps');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.editor-text'));
  // The toolbar is one stop for Tab, and the arrows walk in it.
  await page.keyboard.press('Shift+Tab');
  await page.waitForFunction(() => document.activeElement?.closest('.editor-tools'));
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.tool), 'em');
  await screenshot(page, 'editor-rich');
  assert.match(await editor.innerHTML(), /<strong>Kaja<\/strong>.*<ul><li><p>unscrew <strong>both<\/strong><\/p><\/li>/);
  await editor.focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.reply').waitFor();
  assert.equal((await written(page)).trim(), '', 'the editor is empty again');
  const sent = await trap.next();
  const html = htmlOf(sent.raw);
  assert.match(html, /<strong>Kaja<\/strong>/);
  assert.match(html, /<ul>\s*<li>/);
  assert.match(html, /href="https:\/\/northpier\.example\/lamps"/);
  assert.doesNotMatch(sent.raw, /javascript:/);
  assert.match(sent.raw, /text\/plain/);
  await page.watch.assertQuiet();
});

test('what needs no markup stays plain text', async (t) => {
  const { trap, page } = await openedByMail(t, 'Plain words');
  await editorOf(page);
  await page.keyboard.type('One line.');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Another.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Another.');
  await trap.next();
  assert.equal(await page.locator('.message.reply iframe').count(), 0);
  assert.match(await page.locator('.message.reply .message-text').innerText(), /One line\.\nAnother\./);
});

test('a pasted picture arrives in the mail where it stood, a file beside it; one that was deleted does not', async (t) => {
  const { trap, page } = await openedByMail(t, 'Picture of the lamp');
  const editor = await editorOf(page);
  await page.keyboard.type('See: ');
  await paste(editor, { picture: PIXEL });
  await editor.locator('img[data-file]').waitFor();
  await page.locator('#composer input[type=file]').setInputFiles([
    { name: 'fuse <b>.txt', mimeType: 'text/plain', buffer: Buffer.from('blown') },
    { name: 'gone.txt', mimeType: 'text/plain', buffer: Buffer.from('never') },
  ]);
  const files = page.locator('#composer .composer-file:not([hidden])');
  await files.filter({ hasText: 'gone.txt' }).locator('input[name=attachment]').waitFor({ state: 'attached' });
  await files.filter({ hasText: 'gone.txt' }).getByRole('button').click();
  await files.filter({ hasText: 'fuse' }).locator('input[name=attachment]').waitFor({ state: 'attached' });
  assert.equal(await files.count(), 1);
  await screenshot(page, 'editor-files');
  await editor.focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.reply').waitFor();
  const { raw } = await trap.next();
  const [, id] = /src="cid:([^"]+)"/.exec(htmlOf(raw));
  assert.match(raw, new RegExp(`Content-ID: <${id.replaceAll('.', '\\.')}>`, 'i'));
  assert.match(raw, /multipart\/related/);
  assert.match(raw, /fuse/);
  assert.doesNotMatch(raw, /gone\.txt/);
  // In the timeline the picture comes from our own address.
  const frame = page.frameLocator('.message.reply iframe');
  await frame.locator('img[src^="/desk/attachments/"]').waitFor();
  await page.watch.assertQuiet();
});

test('t_a1 what is pasted keeps its words and nothing that runs, reaches out or dresses up', async (t) => {
  const { page } = await openedByMail(t, 'Hostile clipboard');
  const editor = await editorOf(page);
  const word = '<html><head><style>p{color:red}</style></head><body><!--[if gte mso 9]><xml>x</xml><![endif]--><h1 style="font-size:40pt">Title</h1>'
    + '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>First</p><p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Second</p>'
    + '<table><tr><td>a</td><td>b</td></tr></table><img src="https://evil.example/x.png" onerror="alert(1)"><a href="javascript:alert(1)">trap</a><script>alert(1)</script><svg onload=alert(1)><iframe src="https://evil.example"></iframe>'
    + '<p><span style="font-weight:700">bold</span> <span style="font-style: italic">soft</span></p><p style="display:none">hidden</p><b style="font-weight:normal">plain</b></body></html>';
  await paste(editor, { html: word });
  await page.waitForFunction(() => document.querySelector('.editor-text').textContent.includes('plain'));
  const html = await editor.innerHTML();
  assert.match(html, /<ul><li><p>First<\/p><\/li><li><p>Second<\/p><\/li><\/ul>/);
  assert.match(html, /a \| b/);
  assert.match(html, /<strong>bold<\/strong> <em>soft<\/em>/);
  assert.doesNotMatch(html, /evil|onerror|javascript|script|style=|hidden|<h1|iframe|svg/i);
  await page.watch.assertQuiet();
});

test('a saved reply comes by "/", speaks the customer, and takes what they call themselves as text', async (t) => {
  const { trap, steward, page } = await openedByMail(t, '<b>{{agent.name}}</b> lamp');
  const token = (await steward.run(['token', 'add', '--email', 'tomas@brackwater.example', '--name', 'desk'])).trim().split(/\s+/).at(-1);
  const lamp = { title: 'Lamp exchanged', shortcut: 'lamp', scope: 'everybody', texts: [{ language: 'en', body: '<p>Hello {{requester.first_name}}, <b>{{ticket.title}}</b> is done.</p>', body_format: 'html' }] };
  assert.equal((await steward.api(token, 'POST', '/canned-responses', lamp)).status, 201);
  const editor = await editorOf(page);
  await page.keyboard.type('/lam');
  const option = page.locator('.suggest [role=option]', { hasText: 'Lamp exchanged' });
  await option.waitFor();
  await page.locator('.suggest-previews', { hasText: 'Hello Kaja' }).waitFor();
  await screenshot(page, 'editor-canned');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.editor-text').textContent.includes('Hello Kaja'));
  assert.match(await editor.innerText(), /<b>\{\{agent\.name\}\}<\/b> lamp is done/, 'what a customer wrote is text');
  assert.doesNotMatch(await editor.innerText(), /\/lam/);
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.reply').waitFor();
  assert.match(htmlOf((await trap.next()).raw), /&lt;b&gt;\{\{agent\.name\}\}/);
  const { body: found } = await steward.api(token, 'GET', '/canned-responses?q=lamp');
  assert.equal(found.items.find((one) => one.shortcut === 'lamp').uses, 1);
  await page.watch.assertQuiet();
});

test('a colleague who is mentioned in a note finds it among their mentions, and a reply mentions nobody', async (t) => {
  const { steward, page } = await openedByMail(t, 'Who has the key');
  const colleague = await agent(t, steward, 'ilze');
  await open(colleague, 'Who has the key');
  await colleague.goto(`${steward.url}/desk/views/mentions`);
  assert.equal(await row(colleague, 'Who has the key').count(), 0);
  await editorOf(page, 'n');
  await page.keyboard.type('@il');
  await page.locator('.suggest [role=option]', { hasText: 'Ilze' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('please look.');
  await page.locator('.consequence.note-only', { hasText: 'Ilze' }).waitFor();
  await screenshot(page, 'editor-mention');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.note').waitFor();
  await row(colleague, 'Who has the key').waitFor();
  assert.ok(await row(colleague, 'Who has the key').evaluate((one) => one.classList.contains('unread')), 'it is new to them');
  await editorOf(page, 'r');
  await page.keyboard.type('@il');
  assert.equal(await page.locator('.suggest').count(), 0);
});

test('recipients are left out, found and added, and the sentence says what that means', async (t) => {
  const { trap, page } = await openedByMail(t, 'Ropes ordered');
  const editor = await editorOf(page);
  await page.keyboard.type('Ordered.');
  const line = page.locator('.consequence.reply-only');
  await page.locator('.recipient-add').focus();
  await page.keyboard.type('not an address,');
  await page.locator('.recipient-add[aria-invalid=true]').waitFor();
  await page.locator('.recipient-add').fill('');
  await page.keyboard.type('yard@ropes.example');
  await page.keyboard.press('Enter');
  await line.getByText('yard@ropes.example').waitFor();
  assert.match(await line.innerText(), /1 CC.*joins/s);
  await page.locator('.recipient-add').focus();
  await page.keyboard.type('rosa');
  await page.locator('.suggest [role=option]', { hasText: 'Rosa' }).first().waitFor();
  await page.keyboard.press('Enter');
  await line.getByText('2 CC').waitFor();
  await page.locator(`#composer input[name=requester]`).uncheck();
  await line.getByText('yard@ropes.example').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.consequence.reply-only').textContent.includes('Kaja'));
  await screenshot(page, 'editor-recipients');
  await page.locator(`#composer input[name=cc][value="yard@ropes.example"]`).uncheck();
  await page.locator(`#composer input[name=requester]`).check();
  await line.getByText('Kaja').waitFor();
  await editor.focus();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Ordered.');
  const got = [(await trap.next()).to, (await trap.next()).to].flat().sort();
  assert.deepEqual(got, [CUSTOMER, 'rosa@brackwater.example'].sort());
});

test('a message is passed on with its files, and the answer comes back beside the ticket', async (t) => {
  const trap = await mailTrap(t);
  const steward = await sampleCompany(t, '--smtp-relay', trap.url, '--undo-send-seconds', '0');
  const page = await agent(t, steward, 'jonas');
  await write(steward, withFile('Broken winch', 'winch.txt', 'text/plain', Buffer.from('serial 4711')));
  await open(page, 'Broken winch');
  await trap.next();
  await page.locator('.message .message-menu summary').click();
  await page.locator('.message .message-menu a', { hasText: 'Forward' }).click();
  await page.fill('#to', 'service@winches.example');
  await screenshot(page, 'editor-forward');
  await page.locator('.forward-page button[data-send]').click();
  await page.locator('#ticket-title', { hasText: 'Broken winch' }).waitFor();
  const { to, raw } = await trap.next();
  assert.deepEqual(to, ['service@winches.example']);
  assert.match(raw, /Forwarded message/);
  assert.match(raw, /winch\.txt/);
  assert.match(raw, new RegExp(CUSTOMER.replaceAll('.', '\\.')));
  const reply = header(raw, 'Reply-To').match(/<?([^<>\s]+@[^<>\s]+)>?/)[1];
  await write(steward, letter({ from: 'Winch Service <service@winches.example>', to: reply, subject: 'Re: Fwd: Broken winch', body: 'We send a new drum.' }));
  await page.locator('.side-message, .message.note', { hasText: 'We send a new drum.' }).first().waitFor({ state: 'attached' });
  await page.watch.assertQuiet();
});

/** A mail with one file. */
function withFile(subject, name, type, bytes) {
  return [
    `From: Kaja Lind <${CUSTOMER}>`, 'To: it@brackwater.example', `Subject: ${subject}`, `Message-ID: <${subject.replaceAll(' ', '.')}.${name.length}@northpier.example>`, 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=edge', '', '--edge', 'Content-Type: text/plain', '', 'See the file.', '--edge', `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64', '', bytes.toString('base64'), '--edge--', '',
  ].join('\n');
}

test('t_a3 files are looked into by what they are, and none of them is ever a page', async (t) => {
  const trap = await mailTrap(t);
  const steward = await sampleCompany(t, '--smtp-relay', trap.url);
  const page = await agent(t, steward, 'jonas');
  const evil = '<script>document.title="owned"</script><b>bold</b>';
  const files = [
    ['lamp.png', 'image/png', Buffer.from(PIXEL, 'base64'), 'img.preview-picture'],
    ['log.txt', 'text/plain', Buffer.from(evil), 'pre.preview-text'],
    ['page.html', 'text/html', Buffer.from(evil), 'pre.preview-text'],
    ['list.csv', 'text/csv', Buffer.from('name,said\nKaja,"one, two"\n'), '.preview-table td'],
    ['voice.mp3', 'audio/mpeg', Buffer.from('ID3'), 'audio'],
    ['walk.mp4', 'video/mp4', Buffer.from('....ftyp'), 'video'],
    ['letter.eml', 'application/octet-stream', Buffer.from('From: a@b.example\n\nHello'), 'pre.preview-text'],
    ['drawing.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), null],
    ['plan.pdf', 'application/pdf', Buffer.from('%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n'), 'iframe.preview-document'],
    ['odd.pdf', 'application/pdf', Buffer.from(evil), 'iframe.preview-document'],
  ];
  page.watch.forgive(/status of 404|ERR_ABORTED|ERR_BLOCKED/);
  for (const [name, type, bytes, wanted] of files) {
    const subject = `File ${name}`;
    await write(steward, withFile(subject, name, type, bytes));
    await open(page, subject);
    const link = page.locator('a.file-look');
    const address = await page.locator('a.file-take').getAttribute('href');
    await link.click();
    const dialog = page.locator('dialog#preview[open]');
    await dialog.waitFor();
    if (wanted) await dialog.locator(wanted).first().waitFor({ state: 'attached' });
    else await dialog.getByText('cannot be shown').waitFor();
    assert.doesNotMatch(await page.title(), /owned/);
    await screenshot(page, `editor-preview-${name.split('.')[1]}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' }).catch(() => {});
    const answer = await page.request.get(steward.url + address);
    assert.match(answer.headers()['content-disposition'], /^attachment/);
    assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
    assert.match(answer.headers()['content-security-policy'], /sandbox/);
    assert.doesNotMatch(answer.headers()['content-type'], /html|svg|xml/);
    if (name.endsWith('.pdf')) {
      const inline = await page.request.get(`${steward.url}${address}/inline`);
      assert.equal(inline.status(), name === 'odd.pdf' ? 404 : 200, name);
      if (inline.ok()) assert.equal(inline.headers()['content-type'], 'application/pdf');
    }
  }
});
