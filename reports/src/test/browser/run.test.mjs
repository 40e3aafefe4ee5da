// Looks at the pages of a real run that failed, in a real browser. InABrowserTest makes them and starts this file:
//   REPORT=… FAILED=id [ALLURE=…] [SHOTS=…] node --test run.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, open, overflow, shot, violations, visible } from './browser.mjs';

const report = pathToFileURL(process.env.REPORT).href;
const failed = process.env.FAILED;

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`a failing run at ${width} px, ${scheme}`, async () => {
      const { page, problems } = await open(report, { width, scheme });
      await shot(page, `run-${width}-${scheme}`);
      // The first screen: the verdict, the hosts, what is wrong, what changed, how much.
      const order = await page.$$eval('#verdict, .hosts, .why, .since, .counts', all =>
        all.map(e => [e.id || e.className, e.getBoundingClientRect().bottom]));
      assert.deepEqual([...new Set(order.map(o => o[0]))], ['verdict', 'hosts', 'why', 'since', 'counts']);
      assert.ok(order.every(o => o[1] < 900), JSON.stringify(order));
      // The small page is looked at in all four ways; here two see each width and each scheme.
      if ((width === 1280) === (scheme === 'light')) assert.deepEqual(await violations(page), []);
      assert.ok(await overflow(page) <= 0, 'the page is too wide');
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

test('a deep link shows the check below what sticks to the top', async () => {
  const { page, problems } = await open(`${report}#${failed}`);
  await new Promise(done => setTimeout(done, 500));
  const hidden = await page.evaluate(id => {
    const check = document.getElementById(id).parentNode;
    const { left, top } = check.getBoundingClientRect();
    return check.contains(document.elementFromPoint(left + 40, top + 10)) ? '' : 'the heading is covered';
  }, failed);
  assert.equal(hidden, '');
  assert.deepEqual(problems, []);
  await page.close();
});

test('a cell of the matrix shows what it counts', async () => {
  const { page } = await open(report);
  const target = await page.$eval('.matrix td.s-failed a', a => a.dataset.target);
  await page.click('.matrix td.s-failed a');
  assert.ok(await page.$$eval('.r', (all, name) => all.every(r => r.hidden === (r.dataset.t !== name)), target));
  await page.close();
});

test('the next command can be copied, and the exchange with its stream opens', async () => {
  const { page, problems } = await open(`${report}#${failed}`);
  await browser.defaultBrowserContext().overridePermissions(report, ['clipboard-read', 'clipboard-write']).catch(() => {});
  await page.bringToFront();
  await page.click('.cmd + .copy');
  await page.waitForFunction(() => document.querySelector('.cmd + .copy').textContent === 'Copied');
  await page.$eval(`[id="${failed}"] .x`, x => { x.open = true; });
  await page.waitForSelector(`[id="${failed}"] .x .phases`);
  assert.ok(await visible(page, `[id="${failed}"] .x .frames li`) > 3);
  assert.deepEqual(problems, []);
  await page.close();
});

test('the Allure report shows the run and asks nobody', { skip: !process.env.ALLURE && 'no Allure report' }, async () => {
  const { page, problems } = await open(pathToFileURL(process.env.ALLURE).href);
  await page.waitForSelector('[data-testid=tree-leaf]');
  await shot(page, 'allure');
  await page.type('input[placeholder]', failed);
  const leaf = `[data-testid=tree-leaf] ::-p-text(${failed})`;
  await page.waitForSelector(leaf);
  await page.click(leaf);
  // The failure stands alone here, too: what to do and how to see it again.
  await page.waitForFunction(id => document.body.innerText.includes(id) && /the rule/.test(document.body.innerText), {}, failed);
  await shot(page, 'allure-check');
  assert.deepEqual(problems, []);
  await page.close();
});
