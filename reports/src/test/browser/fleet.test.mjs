// Looks at index.html of a night in a real browser. FleetBrowserTest renders the pages and starts this file:
//   NIGHT=… LARGE=… GREEN=… [SHOTS=…] node --test fleet.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cut, open, overflow, shot, violations, visible } from './browser.mjs';

const night = pathToFileURL(process.env.NIGHT).href;
const ROWS = '.environments tbody tr';

for (const scheme of ['light', 'dark']) {
  for (const width of [1600, 1280, 390]) {
    test(`no serious accessibility violation at ${width} px, ${scheme}`, async () => {
      const { page, problems } = await open(night, { width, scheme });
      await shot(page, `fleet-${width}-${scheme}`);
      await page.$eval('#environments', heading => heading.scrollIntoView());
      await shot(page, `fleet-table-${width}-${scheme}`);
      assert.ok(await overflow(page) <= 0, 'the page is too wide');
      assert.deepEqual(await cut(page, '.top nav, .verdict h1, .count, .chip, #filter [data-reset], #filter select, .environments .num'), []);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

test('an environment is one line, the worst first, and leads to its report', async () => {
  const { page } = await open(night, { width: 1600 });
  const verdicts = await page.$$eval(ROWS, rows => rows.map(row => row.dataset.v));
  assert.equal(verdicts.length, 60);
  assert.deepEqual(verdicts.slice(0, 2), ['failed', 'failed']);
  assert.equal(verdicts.at(-1), 'passed');
  const heights = await page.$$eval(ROWS, rows => rows.filter(r => r.dataset.v === 'passed').map(r => r.clientHeight));
  assert.ok(Math.max(...heights) < 70, `a line is ${Math.max(...heights)} px high`);
  await page.close();
});

test('the same cause in many environments is told once, and leads to them', async () => {
  const { page, problems } = await open(night);
  assert.match(await page.$eval('.cause h3', h => h.textContent), /in 6 environments/);
  await page.click('.cause [data-cause]');
  await page.waitForFunction(() => document.querySelectorAll('.environments tbody tr:not([hidden])').length === 6);
  assert.equal(await page.evaluate(() => location.hash), '#environments?cause=key-invalid');
  assert.deepEqual(problems, []);
  await page.close();
});

test('filters by verdict, label and text, and the filter stands in the address', async () => {
  const { page, problems } = await open(night);
  await page.click('.chip.s-could-not-run input');
  await page.select('[name=label]', 'region=us-east');
  const shown = await visible(page, ROWS);
  assert.ok(shown > 0 && shown < 60);
  assert.equal(await page.$$eval(ROWS, rows => rows.filter(r => !r.hidden).every(r => r.dataset.l.includes('region=us-east'))), true);
  assert.match(await page.$eval('#filter output', o => o.textContent), /^\d+ of 60 environments$/);
  const address = await page.evaluate(() => location.hash);
  assert.match(address, /^#environments\?verdict=[a-z-]+&label=region%3Dus-east$/);
  const other = await open(night + address);
  assert.equal(await visible(other.page, ROWS), shown);
  await other.page.close();
  await page.click('#filter [data-reset]');
  assert.equal(await visible(page, ROWS), 60);
  await page.keyboard.press('/');
  await page.keyboard.type('eu-west-003');
  await page.waitForFunction(() => document.querySelectorAll('.environments tbody tr:not([hidden])').length === 1);
  await page.keyboard.type(' nobody');
  await page.waitForFunction(() => !document.querySelector('.empty').hidden);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a link to an environment shows it, also when a filter hides it', async () => {
  const { page } = await open(night + '#environments?verdict=passed');
  const hidden = () => page.$eval('#environment-eu-west-003', row => row.hidden);
  assert.equal(await hidden(), true);
  await page.evaluate(() => { location.hash = '#environment-eu-west-003'; });
  await page.waitForFunction(() => !document.getElementById('environment-eu-west-003').hidden);
  await page.close();
});

test('all of it is reached by the keyboard', async () => {
  const { page } = await open(night);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.focus('#filter [name=label]');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => ['INPUT', 'SELECT'].includes(document.activeElement.tagName)), true);
  await page.close();
});

test('a night in which all is well is green', async () => {
  const { page, problems } = await open(pathToFileURL(process.env.GREEN).href, { width: 390 });
  await shot(page, 'fleet-green-390');
  assert.match(await page.$eval('#verdict', h => h.textContent), /the environment passed/);
  assert.equal(await page.$eval('body', b => b.className), 'fleet good');
  assert.ok(await overflow(page) <= 0, 'the page is too wide');
  assert.deepEqual(problems, []);
  await page.close();
});

test('can be read without JavaScript', async () => {
  const { page } = await open(night, { script: false });
  assert.match(await page.$eval('main', main => main.innerText), /eu-west-003/);
  assert.equal(await visible(page, '#filter, #theme'), 0);
  await page.close();
});

test('five hundred environments are filtered in an instant', async () => {
  const { page } = await open(pathToFileURL(process.env.LARGE).href, { width: 1600 });
  await shot(page, 'fleet-large');
  assert.equal((await page.$$(ROWS)).length, 500);
  const ms = await page.evaluate(() => {
    const before = performance.now();
    document.querySelector('.chip input').click();
    document.body.getBoundingClientRect();
    return performance.now() - before;
  });
  assert.ok(ms < 2000, `the filter took ${ms} ms`);
  await page.close();
});
