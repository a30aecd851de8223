// A Postfix of our own: Debian's program with its own settings, queue and data under a temporary directory.

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './steward.mjs';
import { until } from './until.mjs';

const run = promisify(execFile);
/** Debian's `nobody`: Postfix delivers to no mailbox as root. */
const NOBODY = 65_534;

const MASTER = (port) => `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

export class Postfix {
  /** Mail for `deskDomain` goes to the LMTP door at `lmtp`; mail for `customers` into one Maildir. */
  static async start(t, { deskDomain, lmtp, customers }) {
    const postfix = new Postfix();
    postfix.root = await mkdtemp(join(tmpdir(), 'steward-postfix-'));
    t.after(async () => {
      await postfix.stop();
      await rm(postfix.root, { recursive: true, force: true });
    });
    await chmod(postfix.root, 0o755);
    const inside = (name) => join(postfix.root, name);
    for (const name of ['etc', 'queue', 'data', 'mail']) await mkdir(inside(name));
    const { stdout: ids } = await run('id', ['-u', 'postfix']);
    await chown(inside('data'), Number(ids), 0);
    await chown(inside('mail'), NOBODY, NOBODY);
    postfix.port = await freePort();
    await writeFile(inside('etc/main.cf'), `
compatibility_level = 3.6
queue_directory = ${inside('queue')}
data_directory = ${inside('data')}
maillog_file = ${inside('log')}
maillog_file_prefixes = ${postfix.root}
myhostname = relay.example
mydestination =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
biff = no
smtpd_relay_restrictions = permit_mynetworks, reject
alias_maps =
relay_domains = ${deskDomain}
transport_maps = inline:{ ${deskDomain}=lmtp:inet:127.0.0.1:${lmtp} }
virtual_mailbox_domains = ${customers}
virtual_mailbox_base = ${inside('mail')}
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 1
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
`);
    await writeFile(inside('etc/master.cf'), MASTER(postfix.port));
    postfix.seen = new Set();
    await postfix.up();
    return postfix;
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async up() {
    await this.#command('start');
    this.running = true;
    await until(() => answers(this.port), 'Postfix answers');
  }

  /** By its own command: only what this instance started ends. */
  async stop() {
    if (!this.running) return;
    await this.#command('stop');
    this.running = false;
  }

  /** The next letter in the customers' mailbox that was not handed out before, as a file. */
  async next() {
    return until(async () => {
      const folder = join(this.root, 'mail', 'box', 'new');
      const names = await readdir(folder).catch(() => []);
      const fresh = names.sort().find((name) => !this.seen.has(name));
      if (!fresh) return null;
      this.seen.add(fresh);
      return join(folder, fresh);
    }, 'a letter in the mailbox');
  }

  /** How many letters the mailbox holds. */
  async count() {
    return (await readdir(join(this.root, 'mail', 'box', 'new')).catch(() => [])).length;
  }

  async #command(word) {
    try {
      await run('postfix', ['-c', join(this.root, 'etc'), word]);
    } catch (error) {
      const log = await readFile(join(this.root, 'log'), 'utf8').catch(() => '');
      throw new Error(`postfix ${word}: ${error.stderr}${log}`);
    }
  }
}

export function answers(port) {
  return new Promise((told) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('data', () => { told(true); socket.end('QUIT\r\n'); });
    socket.once('error', () => told(false));
  });
}
