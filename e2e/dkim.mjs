// DKIM (RFC 6376) written down once more, with Node's own cryptography: a second opinion on what Steward checks and signs.

import { createHash, createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';

const relaxedBody = (body) => {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.length && lines.at(-1) === '') lines.pop();
  return lines.length ? `${lines.join('\r\n')}\r\n` : '';
};
const relaxedHeader = (line) => {
  const at = line.indexOf(':');
  const value = line.slice(at + 1).replace(/\r\n/g, '').replace(/[ \t]+/g, ' ').trim();
  return `${line.slice(0, at).trim().toLowerCase()}:${value}`;
};
const split = (raw) => {
  const at = raw.indexOf('\r\n\r\n');
  return { head: raw.slice(0, at).split(/\r\n(?![ \t])/), body: raw.slice(at + 4) };
};
/** The lines that a signature covers, in its order: each name takes its lines from the last one up. */
const covered = (head, names) => {
  const left = [...head];
  return names.map((name) => {
    const at = left.findLastIndex((line) => line.split(':')[0].trim().toLowerCase() === name.toLowerCase());
    return at < 0 ? null : left.splice(at, 1)[0];
  }).filter(Boolean).map(relaxedHeader);
};
const bodyHash = (body) => createHash('sha256').update(relaxedBody(body), 'utf8').digest('base64');

/** A key, and the record that its domain publishes. */
export function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, record: `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}` };
}

/** The letter with a signature of the domain in front. */
export function signed(raw, { privateKey, domain, selector }) {
  const text = raw.replace(/\r?\n/g, '\r\n');
  const { head, body } = split(text);
  const names = ['from', 'to', 'subject', 'message-id'];
  const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}; h=${names.join(':')}; bh=${bodyHash(body)}; b=`;
  const data = [...covered(head, names), relaxedHeader(unsigned)].join('\r\n');
  return `${unsigned}${createSign('sha256').update(data).sign(privateKey, 'base64')}\r\n${text}`;
}

/** Whether a letter bears a signature that the record verifies; hands back its tags. */
export function verified(raw, record) {
  const { head, body } = split(raw);
  const line = head.find((one) => /^dkim-signature:/i.test(one));
  if (!line) throw new Error('no signature');
  const tags = Object.fromEntries(line.slice(line.indexOf(':') + 1).split(';').map((tag) => tag.replace(/\s+/g, '')).filter(Boolean)
    .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]));
  if (tags.bh !== bodyHash(body)) throw new Error('the body was changed');
  const unsigned = line.replace(/(\bb=)[^;]*/, '$1').replace(/;\s*b=$/, (end) => end);
  const data = [...covered(head, tags.h.split(':')), relaxedHeader(unsigned)].join('\r\n');
  const key = createPublicKey({ key: Buffer.from(record.match(/p=([^;\s]+)/)[1], 'base64'), type: 'spki', format: 'der' });
  if (!createVerify('sha256').update(data).verify(key, tags.b, 'base64')) throw new Error('the signature is wrong');
  return tags;
}
