// Every main page in every language, both themes, at a desk and on a phone: node gallery.mjs FOLDER [language,…] [page,…]
// For people to look at before they say that a page is done.

import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PAGES, administration } from './gallery-pages.mjs';
import { openBrowser, openPage, sampleCompany, signIn } from './support.mjs';

const [folder = '../target/pictures', languages = 'en,vi,ro,lv,ru,zh-Hans', only = ''] = process.argv.slice(2);
const FOLDER = resolve(folder);
const WIDTHS = [['desk', { width: 1440, height: 900 }], ['phone', { width: 360, height: 740 }]];

const afterwards = [];
const story = { after: (work) => afterwards.push(work) };

async function shoot(page, language, one) {
  for (const [width, size] of WIDTHS) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${FOLDER}/${language}/${one.name}-${width}-${colorScheme}.png`, animations: 'disabled', caret: 'hide' });
    }
  }
  await page.setViewportSize(WIDTHS[0][1]);
}

async function inLanguage(browser, steward, language) {
  await mkdir(`${FOLDER}/${language}`, { recursive: true });
  const visitors = new Map();
  const visitor = async (who) => {
    if (visitors.has(who)) return visitors.get(who);
    const page = await openPage(browser, { locale: language });
    if (who) await signIn(page, steward, who, '/login');
    const chosen = page.locator(`form[action="/language"] [name="language"][value="${language}"]`).first();
    if (!who) await page.goto(`${steward.url}/login`);
    await chosen.evaluate((button) => button.form.requestSubmit(button));
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    visitors.set(who, page);
    return page;
  };
  const all = [...PAGES, ...(await administration(await visitor('tomas'), steward))];
  for (const one of all.filter(({ name }) => only === '' || only.split(',').some((part) => name.startsWith(part)))) {
    const page = await visitor(one.who);
    try {
      if (one.open) await one.open(page, steward);
      else await page.goto(steward.url + one.path);
      await one.then?.(page);
      await shoot(page, language, one);
    } catch (error) {
      console.log(`${language}/${one.name}: ${error.message.split('\n')[0]}`);
      process.exitCode = 1;
    }
  }
  for (const page of visitors.values()) await page.context().close();
  console.log(`${language}: ${all.length} pages`);
}

try {
  const steward = await sampleCompany(story);
  const browser = await openBrowser(story);
  for (const language of languages.split(',')) await inLanguage(browser, steward, language);
  console.log(FOLDER);
} finally {
  for (const work of afterwards.reverse()) await work();
}
