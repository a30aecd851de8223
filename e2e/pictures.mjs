// The pictures of the manual, taken from the sample company: node pictures.mjs
// Every run starts a demo of its own and writes the same files to docs/pictures.

import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fillSignIn, openBrowser, openPage, sampleCompany, signIn } from './support.mjs';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const BYTES_MAX = 220 * 1024;
const WIDE = { viewport: { width: 1200, height: 700 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const AGENT = 'jonas';
const REQUESTER = 'rosa';
/** Tickets on which something was said already. */
const CONVERSATION = 'language:en turn:us -assignee:none';

const afterwards = [];
const story = { after: (work) => afterwards.push(work) };

async function picture(page, name) {
  // Nothing half drawn, nothing blinking.
  await page.evaluate(() => document.fonts.ready);
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  if (size > BYTES_MAX) throw new Error(`${name}.png has ${size} bytes, ${BYTES_MAX} are the most`);
  console.log(`${name}.png ${Math.round(size / 1024)} kB`);
}

/** The list of what waits for us, narrowed by a query. */
const waiting = (steward, query) => `${steward.url}/desk/views/waiting-for-us${query ? `?q=${encodeURIComponent(query)}` : ''}`;

/** The first ticket of the list, opened beside it. */
async function openFirst(page) {
  await page.locator('#rows a.row-subject').first().click();
  await page.locator('#ticket-title').waitFor();
}

async function onADesktop(browser, steward) {
  const page = await openPage(browser, { ...WIDE, locale: 'en-GB' });
  await page.goto(`${steward.url}/login`);
  await picture(page, 'sign-in');
  await fillSignIn(page, AGENT);
  await page.waitForURL(/\/desk/);
  await page.goto(waiting(steward));
  await picture(page, 'inbox');
  await page.goto(waiting(steward, CONVERSATION));
  await openFirst(page);
  await picture(page, 'ticket');
  await page.keyboard.press('n');
  await page.keyboard.type('Spoke to the supplier: the spare part comes on Thursday.');
  await picture(page, 'note');
  await page.goto(waiting(steward));
  await page.locator('body').press('?');
  await picture(page, 'keyboard');
  await page.keyboard.press('Escape');
  await page.locator('.navigation li a', { hasText: 'IT board' }).click();
  await page.locator('.board .card').first().waitFor();
  await picture(page, 'board');
  await page.goto(`${steward.url}/desk/views/open?shape=calendar`);
  await page.locator('.month-day.today').waitFor();
  await picture(page, 'calendar');
  await page.goto(waiting(steward, CONVERSATION));
  await openFirst(page);
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('steward:palette')));
  await page.keyboard.type('pri');
  await page.locator('#palette section[data-sort=find] [role=option]').first().waitFor();
  await picture(page, 'palette');
  await page.context().close();
}

/** What a merge would do: the two newest tickets of the list. */
async function merging(browser, steward) {
  const page = await openPage(browser, { ...WIDE, locale: 'en-GB' });
  await signIn(page, steward, AGENT);
  await page.goto(waiting(steward, CONVERSATION));
  const links = await page.locator('#rows a.row-subject').evaluateAll((all) => all.slice(0, 2).map((one) => new URL(one.href).pathname));
  const [part, into] = links.map((path) => path.split('/').pop());
  await page.goto(`${steward.url}/desk/tickets/${part}/merge?into=${into}`);
  await page.locator('.merge-sides').waitFor();
  await picture(page, 'merge');
  await page.context().close();
}

/** The administration: its settings, why somebody sees a ticket, the states of a kind, the health of it all. */
async function administering(browser, steward) {
  const page = await openPage(browser, { ...WIDE, locale: 'en-GB' });
  await signIn(page, steward, 'tomas');
  await page.goto(waiting(steward, CONVERSATION));
  const number = await page.locator('#rows .row').first().getAttribute('data-number');
  await page.goto(`${steward.url}/admin`);
  await picture(page, 'admin');
  await page.goto(`${steward.url}/admin/why`);
  await page.fill('#person', AGENT);
  await page.fill('#ticket', number);
  await page.click('.settings-form button.primary, main form button.primary');
  await page.locator('.why-answer h3').first().waitFor();
  await picture(page, 'admin-why');
  await page.goto(`${steward.url}/admin/states/incident`);
  await page.locator('[data-node]').first().waitFor();
  await picture(page, 'admin-states');
  await page.goto(`${steward.url}/admin/health`);
  await picture(page, 'admin-health');
  await page.context().close();
}

async function inTheDark(browser, steward) {
  const page = await openPage(browser, { ...WIDE, locale: 'en-GB', colorScheme: 'dark' });
  await signIn(page, steward, AGENT);
  await page.goto(waiting(steward, CONVERSATION));
  await openFirst(page);
  await picture(page, 'dark');
  await page.context().close();
}

async function onAPhone(browser, steward) {
  const page = await openPage(browser, { ...PHONE, locale: 'en-GB' });
  await signIn(page, steward, AGENT);
  await page.goto(waiting(steward, CONVERSATION));
  await picture(page, 'phone-inbox');
  const first = await page.locator('#rows a.row-subject').first().getAttribute('href');
  await page.goto(steward.url + first);
  await page.locator('#ticket-title').waitFor();
  await picture(page, 'phone-ticket');
  await page.context().close();
}

/** What a requester sees: their own requests, and one of them. */
async function asARequester(browser, steward) {
  const page = await openPage(browser, { ...WIDE, locale: 'en-GB' });
  await signIn(page, steward, REQUESTER, '/requests');
  await picture(page, 'requests');
  await page.locator('main a[href^="/requests/"]:not([href$="/new"])').first().click();
  await page.waitForURL(/\/requests\/[A-Z]/);
  await picture(page, 'request');
  await page.context().close();
}

/** The interface in another language, chosen as a reader chooses it. */
async function inLanguage(browser, steward, tag, name) {
  const page = await openPage(browser, { ...WIDE, locale: tag });
  await signIn(page, steward, AGENT);
  const chosen = page.locator(`form[action="/language"] [name="language"][value="${tag}"]`).first();
  await chosen.evaluate((button) => button.form.requestSubmit(button));
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, tag);
  await page.goto(waiting(steward, `language:${tag} turn:us -assignee:none`));
  await openFirst(page);
  await picture(page, name);
  await page.context().close();
}

try {
  await mkdir(FOLDER, { recursive: true });
  const steward = await sampleCompany(story);
  const browser = await openBrowser(story);
  await onADesktop(browser, steward);
  await merging(browser, steward);
  await administering(browser, steward);
  await inTheDark(browser, steward);
  await onAPhone(browser, steward);
  await asARequester(browser, steward);
  await inLanguage(browser, steward, 'vi', 'vietnamese');
  await inLanguage(browser, steward, 'zh-Hans', 'chinese');
} finally {
  for (const work of afterwards.reverse()) await work();
}
