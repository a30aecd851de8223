// A Dovecot of our own: Debian's program with its own settings, mailboxes and certificate under a temporary directory.

import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers } from './postfix.mjs';
import { until } from './until.mjs';
import { freePort } from './steward.mjs';

const run = promisify(execFile);
/** Debian's `nobody`: Dovecot serves no mailbox as root. */
const NOBODY = 65_534;

export class Dovecot {
  /** Takes any user with this password. */
  static async start(t, { password }) {
    const dovecot = new Dovecot();
    dovecot.root = await mkdtemp(join(tmpdir(), 'steward-dovecot-'));
    t.after(async () => {
      await dovecot.stop();
      await rm(dovecot.root, { recursive: true, force: true });
    });
    await chmod(dovecot.root, 0o755);
    for (const name of ['run', 'mail']) await mkdir(dovecot.at(name));
    await chown(dovecot.at('mail'), NOBODY, NOBODY);
    [dovecot.imap, dovecot.imaps, dovecot.pop3] = [await freePort(), await freePort(), await freePort()];
    dovecot.certificate = dovecot.at('cert.pem');
    await run('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE',
      '-keyout', dovecot.at('key.pem'), '-out', dovecot.certificate,
    ]);
    await writeFile(dovecot.at('dovecot.conf'), `
base_dir = ${dovecot.at('run')}
log_path = ${dovecot.at('log')}
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dovecot.certificate}
ssl_key = <${dovecot.at('key.pem')}
disable_plaintext_auth = no
mail_max_userip_connections = 100
mail_location = maildir:${dovecot.at('mail')}/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${dovecot.at('mail')}/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${dovecot.imap}
  }
  inet_listener imaps {
    port = ${dovecot.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${dovecot.pop3}
  }
  inet_listener pop3s {
    port = 0
  }
}
`);
    await dovecot.up();
    return dovecot;
  }

  at(name) {
    return join(this.root, name);
  }

  async up() {
    this.child = spawn('dovecot', ['-F', '-c', this.at('dovecot.conf')], { stdio: 'ignore' });
    this.ended = new Promise((ended) => this.child.once('close', ended));
    try {
      await until(async () => await answers(this.imap) && await answers(this.pop3), 'Dovecot answers');
    } catch (error) {
      throw new Error(`${error.message}\n${await readFile(this.at('log'), 'utf8').catch(() => '')}`);
    }
  }

  /** By its own id: only what this instance started ends. */
  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Puts letters into a user's folder as a mail server would: written aside, and moved in whole. */
  async put(user, letters, folder = '') {
    const maildir = join(this.at('mail'), user, folder && `.${folder}`);
    for (const name of ['', 'cur', 'new', 'tmp']) await mkdir(join(maildir, name), { recursive: true });
    for (const [index, letter] of letters.entries()) {
      await writeFile(join(maildir, 'new', `${Date.now()}.${this.written = (this.written ?? 0) + 1}.${index}`), letter);
    }
    await run('chown', ['-R', `${NOBODY}:${NOBODY}`, join(this.at('mail'), user)]);
  }

  /** File names in a user's folder: after the comma are the flags. */
  async names(user, folder = '') {
    const maildir = join(this.at('mail'), user, folder && `.${folder}`);
    const lists = await Promise.all(['cur', 'new'].map((name) => readdir(join(maildir, name)).catch(() => [])));
    return lists.flat();
  }
}
