// The program under test: a real `steward` on a free loopback port, with a data directory of its own.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

/** The first of: what STEWARD_BIN names, the debug build, the release build. */
export function stewardBinary() {
  const target = (profile) => fileURLToPath(new URL(`../target/${profile}/steward`, import.meta.url));
  const candidates = [process.env.STEWARD_BIN, target('debug'), target('release')].filter(Boolean);
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new Error(`no steward program: ${candidates.join(', ')}; build it with cargo build`);
  return found;
}

/** A port on loopback that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export class Steward {
  /** A data directory that disappears with the test `t`; nothing runs yet. */
  static async create(t) {
    const steward = new Steward();
    steward.dataDir = await mkdtemp(join(tmpdir(), 'steward-e2e-'));
    t.after(async () => {
      await steward.stop();
      await rm(steward.dataDir, { recursive: true, force: true });
    });
    return steward;
  }

  /** Runs one command to its end with `input` on standard input; fails when the command fails. */
  async run(args, { input = '' } = {}) {
    const child = spawn(stewardBinary(), [...args, '--data-dir', this.dataDir], { env: cleanEnvironment() });
    let out = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { complaints += text; });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const code = await new Promise((ended, failed) => child.once('error', failed).once('close', ended));
    if (code !== 0) throw new Error(`steward ${args.join(' ')} ended with ${code}: ${complaints}${out}`);
    return out;
  }

  /** `steward serve` with these further arguments; comes back when it is ready to serve. */
  async serve(...args) {
    return this.serveAt(await freePort(), args);
  }

  /** The same once more at the same address, as after a crash. */
  async serveAgain(port) {
    return this.serveAt(port, this.serving);
  }

  async serveAt(port, args) {
    this.serving = args;
    // Some things, such as passkeys, need a name.
    this.url = `http://${this.host ?? '127.0.0.1'}:${port}`;
    this.log = [];
    this.child = spawn(
      stewardBinary(),
      ['serve', '--data-dir', this.dataDir, '--listen', `127.0.0.1:${port}`, '--base-url', this.url, ...args],
      { env: { ...cleanEnvironment(), ...this.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.ended = new Promise((ended) => this.child.once('close', ended));
    const ready = new Promise((isReady) => {
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        this.log.push(line);
        if (line.includes(`127.0.0.1:${port}`)) isReady('ready');
      });
    });
    createInterface({ input: this.child.stderr }).on('line', (line) => this.log.push(line));
    const failed = new Promise((_, failed) => this.child.once('error', failed));
    const outcome = await withDeadline(READY_WITHIN_MS, Promise.race([ready, this.ended, failed]));
    if (outcome !== 'ready') {
      await this.stop();
      throw new Error(`steward did not become ready (${outcome}):\n${this.log.join('\n')}`);
    }
    return this;
  }

  /** Ends the program as a service manager does, and by force when it does not listen. */
  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const outcome = await withDeadline(STOP_WITHIN_MS, this.ended);
    if (outcome === 'too late') {
      this.child.kill('SIGKILL');
      await this.ended;
      throw new Error(`steward did not stop on SIGTERM:\n${this.log.slice(-20).join('\n')}`);
    }
  }

  /** One call of the REST API with a token; hands back status, headers and the parsed body. */
  async api(token, method, path, body) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }
}

/** Settings of the person who runs the tests must not reach the program under test. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STEWARD_')));
}

async function withDeadline(milliseconds, promise) {
  let timer;
  const late = new Promise((isLate) => { timer = setTimeout(isLate, milliseconds, 'too late'); });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
