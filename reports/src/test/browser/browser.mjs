// What the tests of pages in a real browser share.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { after, before } from 'node:test';
import puppeteer from 'puppeteer-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export let browser;
before(async () => {
  browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser.close());

/** A page with that address, and everything that it should not have done. */
export async function open(url, { width = 1280, scheme = 'light', script = true } = {}) {
  const page = await browser.newPage();
  // A busy machine draws late; what never comes is told all the same.
  page.setDefaultTimeout(180_000);
  const problems = [];
  page.on('console', message => {
    if (['error', 'warn'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', error => problems.push(error.message));
  page.on('dialog', dialog => { problems.push('a dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) problems.push('asks for ' + request.url()); });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setJavaScriptEnabled(script);
  await page.goto(url);
  return { page, problems };
}

export const visible = (page, selector) => page.$$eval(selector, all => all.filter(e => e.checkVisibility()).length);
export const shot = async (page, name) =>
  process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });

/** Reloads so that axe may look where the page lets no script in, and opens what folds. */
export async function violations(page) {
  await page.setBypassCSP(true);
  await page.reload();
  await page.evaluate(() => {
    // The hundredth check looks like the tenth, and axe takes minutes for all of them.
    const seen = {};
    for (const e of document.querySelectorAll('.k, .e, .names li, .environments tbody tr')) {
      seen[e.className] = (seen[e.className] || 0) + 1;
      if (seen[e.className] > 8) e.remove();
    }
    document.querySelectorAll('details').forEach(d => { d.open = true; });
  });
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))}`);
}

/** How many pixels the page is wider than the window. */
export const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** What is cut off at its own edge or at that of the window. */
export const cut = (page, selector) => page.$$eval(selector, all => all.filter(e => e.checkVisibility()
  && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
    || e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)).map(e => e.textContent));
