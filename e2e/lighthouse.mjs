// Lighthouse over sign-in, inbox and ticket; writes the table of docs/performance.md: node lighthouse.mjs
// Each page is judged three times and counts with its middle result, because one run on a busy machine says little.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { freePort, openPage, sampleCompany, signIn } from './support.mjs';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const LEAST = 95;
const RUNS = 3;
const BEGIN = '<!-- lighthouse: begin -->';
const END = '<!-- lighthouse: end -->';

const { resolve } = createRequire(new URL('../xtask/lighthouse/package.json', import.meta.url));
const { default: lighthouse } = await import(pathToFileURL(resolve('lighthouse')).href);

const afterwards = [];
const story = { after: (work) => afterwards.push(work) };

/** Address of an open ticket, and the cookie of who looks. */
async function prepare(browser, steward) {
  const page = await openPage(browser);
  await signIn(page, steward, 'tomas');
  await page.goto(`${steward.url}/desk/views/open`);
  const ticket = await page.locator('#rows a.row-subject').first().getAttribute('href');
  const cookies = await page.context().cookies();
  await page.context().close();
  return { ticket, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

async function judged(port, address, formFactor, cookie) {
  const desktop = { formFactor: 'desktop', screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false }, throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1, requestLatencyMs: 0, downloadThroughputKbps: 0, uploadThroughputKbps: 0 } };
  const flags = { port, logLevel: 'error', output: 'json', onlyCategories: CATEGORIES, extraHeaders: cookie ? { cookie } : undefined, ...(formFactor === 'desktop' && desktop) };
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push((await lighthouse(address, flags)).lhr);
  results.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
  return results[Math.floor(RUNS / 2)];
}

const complaintsOf = (result) => Object.values(result.audits)
  .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
  .map((audit) => `${audit.id}${audit.displayValue ? ` (${audit.displayValue})` : ''}`);

try {
  const steward = await sampleCompany(story);
  const port = await freePort();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`] });
  story.after(() => browser.close());
  const { ticket, cookie } = await prepare(browser, steward);
  const lines = [];
  for (const [name, path, who] of [['Sign-in', '/login', ''], ['Inbox', '/desk', cookie], ['Ticket', ticket, cookie]]) {
    for (const form of ['desktop', 'mobile']) {
      const result = await judged(port, steward.url + path, form, who);
      const scores = CATEGORIES.map((one) => Math.round(result.categories[one].score * 100));
      const shift = result.audits['cumulative-layout-shift'].displayValue;
      const paint = result.audits['largest-contentful-paint'].displayValue;
      lines.push(`| ${name}, ${form} | ${scores.join(' | ')} | ${paint} | ${shift} |`);
      console.log(lines.at(-1));
      if (scores.some((score) => score < LEAST)) {
        process.exitCode = 1;
        console.log(`  below ${LEAST}: ${complaintsOf(result).join(', ')}`);
      }
    }
  }
  const table = ['| page | performance | accessibility | best practices | largest paint | layout shift |', '|---|---|---|---|---|---|', ...lines].join('\n');
  const text = await readFile(PAGE, 'utf8');
  const [before, rest = ''] = text.split(BEGIN);
  const behind = rest.split(END)[1] ?? '';
  await writeFile(PAGE, `${before.trimEnd()}\n\n${BEGIN}\n\n## Pages in a browser\n\nLighthouse ${JSON.parse(await readFile(new URL('../xtask/lighthouse/package.json', import.meta.url))).dependencies.lighthouse} over the sample company, middle of ${RUNS} runs (\`cargo xtask lighthouse\`); "mobile" is its slow telephone with four times less processor.\n\n${table}\n\n${END}${behind.trimEnd()}\n`);
} finally {
  for (const work of afterwards.reverse()) await work();
}
