// Chromium, and pages that fail the test on anything a person would not be told of:
// errors on the console, breaches of the content security policy, requests that leave this machine.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing outside has a name here, so even a request that slips past the watch goes nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * `STEWARD_E2E_LATE=400`: scripts, styles and what pages ask for come up to so many milliseconds late, to find the stories that trust to a
 * quick machine.
 */
const LATE = Number(process.env.STEWARD_E2E_LATE ?? 0);
const comesLate = (url) => staysHere(url) && !url.pathname.endsWith('/live');
const lateBy = (most) => async (route) => {
  if (route.request().resourceType() === 'document') return route.continue();
  await new Promise((later) => setTimeout(later, most * (0.5 + Math.random() / 2)));
  return route.continue().catch(() => null);
};

/** A browser that closes with the test `t`, or with the file: `await openBrowser({ after })`. */
export async function openBrowser(t) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  t.after(() => browser.close());
  return browser;
}

/**
 * A page of its own session. `options` are those of a Playwright context: viewport, locale, colorScheme...
 * What the page did wrong is in `page.watch`; call `await page.watch.assertQuiet()` at the end of the story.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const watch = new Watch(page);
  await context.route((url) => !staysHere(url), (route) => {
    watch.note(`request leaves this machine: ${route.request().url()}`);
    return route.abort();
  });
  if (LATE > 0) await context.route(comesLate, lateBy(LATE));
  await context.exposeBinding('reportBreachOfPolicy', (_, breach) => watch.note(`content security policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportBreachOfPolicy(`${event.effectiveDirective} ${event.blockedURI} (${event.documentURI})`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') watch.note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => watch.note(`script: ${error.error()}`));
  page.on('websocket', (socket) => {
    if (!staysHere(new URL(socket.url()))) watch.note(`socket leaves this machine: ${socket.url()}`);
  });
  page.watch = watch;
  actsWhenLoaded(page);
  if (options.javaScriptEnabled !== false) fillsEditors(page);
  return page;
}

const ACTS = ['check', 'click', 'fill', 'focus', 'hover', 'innerText', 'allInnerTexts', 'inputValue', 'press', 'pressSequentially', 'selectOption', 'setInputFiles'];

/**
 * Nobody types into a page whose scripts and styles are still on their way, but a story would: it goes on as soon as the document has what it
 * waits for.
 */
function actsWhenLoaded(page) {
  const waiting = (owner, name, pageOf) => {
    const act = owner[name];
    if (!act || act.waits) return;
    owner[name] = async function acting(...rest) {
      await pageOf(this).waitForLoadState();
      return act.apply(this, rest);
    };
    owner[name].waits = true;
  };
  for (const name of [...ACTS, 'evaluate', 'screenshot']) waiting(page, name, () => page);
  for (const name of ['press', 'type', 'down', 'insertText']) waiting(page.keyboard, name, () => page);
  // All pages share what a locator can do.
  const locators = Object.getPrototypeOf(page.locator('html'));
  for (const name of ACTS) waiting(locators, name, (locator) => locator.page());
}

/**
 * The rich editor comes when somebody enters a form, and takes over the name of its text field: who found the field a moment before would
 * wait for one that is hidden by now.
 */
function fillsEditors(page) {
  const fill = page.fill.bind(page);
  page.fill = async (selector, ...rest) => {
    const field = await page.waitForSelector(selector, { state: 'attached' });
    if (await field.evaluate((one) => one.matches('form[data-editor] textarea[name=body]'))) {
      await field.focus();
      await page.waitForFunction((one) => one.hidden || !one.isConnected, field);
    }
    return fill(selector, ...rest);
  };
}

/** A window of its own, closed with the test. */
export async function ownPage(t, browser, options) {
  const page = await openPage(browser, options);
  t.after(() => page.context().close());
  return page;
}

/** A picture for people to look at, in test-results/. */
export async function screenshot(page, name) {
  const folder = fileURLToPath(new URL('./test-results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
}

class Watch {
  #complaints = [];
  #forgiven = [];
  #page;

  constructor(page) {
    this.#page = page;
  }

  note(complaint) {
    this.#complaints.push(complaint);
  }

  /** What the story provokes on purpose, such as the 401 of a wrong password. */
  forgive(pattern) {
    this.#forgiven.push(pattern);
  }

  async complaints() {
    // One question and answer: what the page reported before has arrived by then.
    await this.#page.evaluate(() => null);
    return this.#complaints.filter((complaint) => !this.#forgiven.some((pattern) => pattern.test(complaint)));
  }

  async assertQuiet() {
    assert.deepEqual(await this.complaints(), [], 'the page did what nobody asked for');
  }
}

function staysHere(url) {
  if (!['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) return true;
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}
