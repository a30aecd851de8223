// The icons of the installed app, drawn from the mark: node app_icons.mjs
// They are part of the repository; run this after the mark was changed.

import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';

const FOLDER = fileURLToPath(new URL('../crates/web/assets/app/', import.meta.url));
const GROUND = '#f1eeea';
/** Name, pixels, and how much of the width the mark takes: what may be cut to a circle keeps clear of the edge. */
const ICONS = [['icon-192', 192, 0.72], ['icon-512', 512, 0.72], ['maskable-512', 512, 0.52], ['touch-180', 180, 0.62]];

const afterwards = [];
const browser = await openBrowser({ after: (work) => afterwards.push(work) });
try {
  const page = await browser.newPage();
  for (const [name, size, share] of ICONS) {
    const mark = size * share;
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0;display:grid;place-items:center;block-size:${size}px;background:${GROUND}}svg{inline-size:${mark}px;block-size:${mark}px}</style>
      <svg viewBox="0 0 32 32"><path fill="#005f73" d="M15 2.5a13.5 13.5 0 0 0 0 27z"/><path fill="#eeab3a" d="M17 2.5a13.5 13.5 0 0 1 0 27z"/></svg>`);
    await page.screenshot({ path: `${FOLDER}${name}.png` });
  }
} finally {
  for (const work of afterwards.reverse()) await work();
}
