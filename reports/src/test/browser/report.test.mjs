// Looks at report.html in a real browser. BrowserTest renders the pages and starts this file:
//   REPORT=… GREEN=… KEY=… CUT=… HOSTILE=… LARGE=… [SHOTS=…] node --test report.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, cut, open, overflow, shot, violations, visible } from './browser.mjs';

const report = pathToFileURL(process.env.REPORT).href;

for (const scheme of ['light', 'dark']) {
  for (const width of [1600, 1280, 390]) {
    test(`no serious accessibility violation at ${width} px, ${scheme}`, async () => {
      const { page, problems } = await open(report, { width, scheme });
      await shot(page, `report-${width}-${scheme}`);
      assert.deepEqual(await violations(page), []);
      assert.ok(await overflow(page) <= 0, 'the page is too wide');
      assert.deepEqual(await cut(page, '.top nav, .verdict h1, .count, .chip, #filter [data-reset], #filter select'), []);
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

test('the filter stands in the address, and a step back brings back what was', async () => {
  const { page, problems } = await open(report);
  await page.click('.chip.s-failed input');
  await page.click('.chip.s-warned input');
  await page.select('[name=level]', 'must');
  const address = await page.evaluate(() => location.hash);
  assert.equal(address, '#checks?outcome=failed,warned&level=must');
  const shown = () => page.$eval('#filter output', o => o.textContent);
  const left = await shown();
  await page.evaluate(() => { document.querySelector('a[href="#about"]').click(); });
  await page.waitForFunction(() => location.hash.startsWith('#about?outcome='));
  assert.equal(await shown(), left);
  await page.click('#filter [data-reset]');
  assert.equal(await page.evaluate(() => location.hash), '#checks');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('[name=outcome]:checked').length === 2);
  assert.equal(await shown(), left);
  await page.close();
  const other = await open(report + address);
  assert.equal(await other.page.$eval('#filter output', o => o.textContent), left);
  assert.deepEqual(problems.concat(other.problems), []);
  await other.page.close();
});

test('nothing that did not happen is red', async () => {
  const { page } = await open(pathToFileURL(process.env.GREEN).href);
  const colour = selector => page.$eval(selector, e => getComputedStyle(e).color);
  assert.equal(await page.$eval('.count.s-failed b', b => b.textContent), '0');
  assert.equal(await page.$('.columns > div:last-child #matrix') !== null, true);
  assert.notEqual(await colour('.count.s-failed'), await colour('.chip.s-failed > span'));
  await page.close();
});

for (const [name, verdict, cause] of [['KEY', 'NOT JUDGED', /does not accept this key/], ['CUT', 'CUT SHORT', /interrupted/]]) {
  for (const width of [1600, 1280, 390]) {
    test(`${verdict} looks neither good nor bad at ${width} px`, async () => {
      const { page, problems } = await open(pathToFileURL(process.env[name]).href, { width });
      await shot(page, `${name}-${width}`);
      assert.match(await page.$eval('#verdict', h => h.textContent), new RegExp(verdict));
      assert.match(await page.$eval('#verdict small', s => s.textContent), cause);
      assert.equal(await page.$eval('body', b => b.className), 'unsure');
      assert.ok(await page.$eval('#verdict', h => h.getBoundingClientRect().bottom) < 300);
      assert.deepEqual(await cut(page, '.verdict h1, .verdict small, .count'), []);
      assert.ok(await overflow(page) <= 0, 'the page is too wide');
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

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

test('paper is light, and what failed is printed open', async () => {
  const { page } = await open(report, { scheme: 'dark' });
  await page.emulateMediaType('print');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const colours = await page.evaluate(() => [document.body, document.querySelector('.k')]
    .map(e => getComputedStyle(e)).map(s => [s.color, s.backgroundColor]));
  assert.ok(colours.every(([ink, paper]) => ink === 'rgb(26, 33, 44)' && paper === 'rgb(255, 255, 255)'), JSON.stringify(colours));
  assert.equal(await page.$$eval('.k.s-failed', all => all.every(k => k.open)), true);
  assert.equal(await visible(page, '#filter'), 0);
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

test('5,000 results load, filter and open without a wait', async () => {
  const url = pathToFileURL(process.env.LARGE).href;
  const start = Date.now();
  const { page, problems } = await open(url + '#chat.n249@target-15');
  const loaded = Date.now() - start;
  assert.equal(await page.$eval('[id="chat.n249@target-15"]', e => e.checkVisibility()), true);
  const filtered = await page.evaluate(() => {
    const from = performance.now();
    document.querySelector('.chip.s-failed input').click();
    document.body.offsetHeight;
    return performance.now() - from;
  });
  assert.match(await page.$eval('output', o => o.textContent), /^1000 of 5000 results$/);
  console.log(`loaded in ${loaded} ms, filtered in ${Math.round(filtered)} ms`);
  assert.ok(loaded < 15000 && filtered < 3000, `${loaded} ms, ${filtered} ms`);
  assert.deepEqual(problems, []);
  await page.close();
});
