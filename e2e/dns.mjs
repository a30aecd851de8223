// A name server of our own on loopback: Debian's dnsmasq with nothing but what a test puts there.

import { spawn } from 'node:child_process';
import { freePort } from './steward.mjs';
import { until } from './until.mjs';
import { Resolver } from 'node:dns/promises';

/** Answers for these TXT records; every other name does not exist. `records` is `{ name: text }`. */
export async function nameServer(t, records) {
  const port = await freePort();
  const pieces = (text) => text.match(/.{1,200}/g).join(',');
  const args = [
    '--keep-in-foreground', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file', '--user=root',
    '--listen-address=127.0.0.1', '--bind-interfaces', `--port=${port}`, '--local=/#/',
    ...Object.entries(records).map(([name, text]) => `--txt-record=${name},${pieces(text)}`),
  ];
  const child = spawn('dnsmasq', args, { stdio: 'ignore' });
  t.after(() => child.kill());
  const [name] = Object.keys(records);
  await until(async () => {
    const resolver = new Resolver({ timeout: 500, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    return resolver.resolveTxt(name).catch(() => null);
  }, 'the name server answers');
  return `127.0.0.1:${port}`;
}
