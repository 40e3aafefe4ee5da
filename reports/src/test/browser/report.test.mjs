// Looks at report.html in a real browser. BrowserTest renders the pages and starts this file:
//   REPORT=… HOSTILE=… [ALLURE=…] [SHOTS=…] node --test report.test.mjs
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const report = pathToFileURL(process.env.REPORT).href;
let browser;

before(async () => {
  browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser.close());

/** A page with that address, and everything that it should not have done. */
async function open(url, { width = 1280, scheme = 'light', script = true } = {}) {
  const page = await browser.newPage();
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

const visible = (page, selector) => page.$$eval(selector, all => all.filter(e => e.checkVisibility()).length);
const shot = async (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`no serious accessibility violation at ${width} px, ${scheme}`, async () => {
      const { page, problems } = await open(report, { width, scheme });
      await page.$$eval('details', all => all.slice(0, 200).forEach(d => { d.open = true; }));
      await shot(page, `report-${width}-${scheme}`);
      // Chromium lets a debugger in where the policy of the page lets no script in.
      await page.setBypassCSP(true);
      await page.reload();
      await page.$$eval('details', all => all.slice(0, 200).forEach(d => { d.open = true; }));
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(() => window.axe.run());
      const serious = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
      assert.deepEqual(serious.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))}`), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

test('filters by outcome, level and text, and says how many are left', async () => {
  const { page, problems } = await open(report);
  const all = await visible(page, '.k');
  await page.click('.chip.s-failed input');
  const failed = await visible(page, '.k');
  assert.ok(failed > 0 && failed < all);
  assert.equal(await page.$$eval('.r:not([hidden])', r => r.every(e => e.dataset.o === 'failed')), true);
  assert.match(await page.$eval('output', o => o.textContent), /^\d+ of \d+ results$/);
  await page.select('[name=level]', 'info');
  assert.equal(await visible(page, '.k'), 0);
  assert.equal(await visible(page, '.empty'), 1);
  await page.click('#filter [data-reset]');
  assert.equal(await visible(page, '.k'), all);
  await page.keyboard.press('/');
  await page.keyboard.type('usage-adds-up');
  await page.waitForFunction(() => document.querySelectorAll('.k:not([hidden])').length === 1);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a deep link opens the check, also when a filter hides it', async () => {
  const { page } = await open(report + '#chat.usage-adds-up');
  const opened = () => page.$eval('[id="chat.usage-adds-up"]', e => e.parentNode.open && e.checkVisibility());
  assert.equal(await opened(), true);
  await page.select('[name=level]', 'info');
  await page.evaluate(() => { location.hash = ''; location.hash = '#chat.usage-adds-up'; });
  await page.waitForFunction(() => !document.getElementById('chat.usage-adds-up').parentNode.hidden);
  assert.equal(await opened(), true);
  await page.close();
});

test('an exchange opens in its check, and its curl line can be copied', async () => {
  const { page, problems } = await open(report + '#chat.answers');
  await browser.defaultBrowserContext().overridePermissions(report, ['clipboard-read', 'clipboard-write']).catch(() => {});
  await page.$eval('[id="chat.answers"] .x', x => { x.open = true; });
  await page.waitForSelector('[id="chat.answers"] .x .copy');
  await page.bringToFront();
  await page.$eval('[id="chat.answers"] .x .copy', b => b.scrollIntoView({ block: 'center' }));
  await page.click('[id="chat.answers"] .x .copy');
  await page.waitForFunction(() => document.querySelector('[id="chat.answers"] .x .copy').textContent === 'Copied');
  assert.deepEqual(problems, []);
  await page.close();
});

test('dark and light follow the system until somebody chooses', async () => {
  const { page } = await open(report, { scheme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.click('#theme');
  assert.notEqual(await background(), dark);
  await page.reload();
  assert.notEqual(await background(), dark);
  await page.click('#theme');
  await page.close();
});

test('can be read without JavaScript', async () => {
  const { page } = await open(report, { script: false });
  // The debugger still may look, where the page may not run.
  const text = await page.$eval('main', main => main.innerText);
  assert.match(text, /FAILED/);
  assert.match(text, /The message of chat\.answers\./);
  await page.close();
});

test('nothing in a hostile body runs', async () => {
  const { page, problems } = await open(pathToFileURL(process.env.HOSTILE).href);
  await page.$$eval('details', all => all.forEach(d => { d.open = true; }));
  await new Promise(done => setTimeout(done, 300));
  assert.equal(await page.evaluate(() => typeof window.pwned), 'undefined');
  assert.equal(await page.$$eval('img, iframe, base, object, embed, main script', e => e.length), 0);
  assert.deepEqual(problems, []);
  await page.close();
});

test('5,000 results load and filter without a wait', { skip: !process.env.BIG && 'no large report' }, async () => {
  const start = Date.now();
  const { page } = await open(pathToFileURL(process.env.BIG).href);
  const loaded = Date.now() - start;
  const filtered = await page.evaluate(() => {
    const from = performance.now();
    const box = document.querySelector('.chip.s-failed input');
    box.click();
    document.body.offsetHeight;
    return performance.now() - from;
  });
  console.log(`loaded in ${loaded} ms, filtered in ${Math.round(filtered)} ms`);
  assert.ok(loaded < 15000 && filtered < 3000, `${loaded} ms, ${filtered} ms`);
  await page.close();
});

test('the Allure report shows the run and asks nobody', { skip: !process.env.ALLURE && 'no Allure report' }, async () => {
  const { page, problems } = await open(pathToFileURL(process.env.ALLURE).href);
  await page.waitForFunction(() => document.body.innerText.includes('chat.answers') || document.body.innerText.includes('on-demand'));
  await shot(page, 'allure');
  assert.deepEqual(problems.filter(p => p.startsWith('asks for')), []);
  await page.close();
});
