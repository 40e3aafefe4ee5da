// Looks at the pages of a real run that failed, in a real browser. InABrowserTest makes them and starts this file:
//   REPORT=… FAILED=id [ALLURE=…] [SHOTS=…] node --test run.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, cut, open, overflow, shot, violations, visible } from './browser.mjs';

const report = pathToFileURL(process.env.REPORT).href;
const failed = process.env.FAILED;

for (const scheme of ['light', 'dark']) {
  for (const width of [1600, 1280, 390]) {
    test(`a failing run at ${width} px, ${scheme}`, async () => {
      const { page, problems } = await open(report, { width, scheme });
      await shot(page, `run-${width}-${scheme}`);
      // The first screen: the verdict, the hosts, what is wrong, what changed, how much.
      const order = await page.$$eval('#verdict, .why, .hosts, .since, .counts', all =>
        all.map(e => [e.id || e.className, e.getBoundingClientRect().bottom]));
      assert.deepEqual([...new Set(order.map(o => o[0]))], ['verdict', 'why', 'hosts', 'since', 'counts']);
      assert.ok(order.every(o => o[1] < 900), JSON.stringify(order));
      // The small page is looked at in all four ways; here two see each width and each scheme.
      if (width !== 1600 && (width === 1280) === (scheme === 'light')) assert.deepEqual(await violations(page), []);
      assert.ok(await overflow(page) <= 0, 'the page is too wide');
      assert.deepEqual(await cut(page, '.verdict h1, .count, .chip, #filter [data-reset], #sent [data-reset], .k .took'), []);
      // Beside the causes stands what the run looks like, and not nothing.
      if (width > 800) {
        const [left, right] = await page.$$eval('.columns > div', all => all.map(e => e.getBoundingClientRect().height));
        assert.equal(await page.$$eval('.columns > div:last-child h2', all => all.map(h => h.id).join()), 'matrix,capabilities,runs,tokens,cost');
        assert.ok(right > left / 3, `${left} px beside ${right} px`);
      }
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

test('the cause is the subtitle of the verdict and leads to what to do', async () => {
  const { page } = await open(report);
  const [title, subtitle] = await page.evaluate(() => [document.querySelector('.cause h3').firstChild.textContent,
    document.querySelector('#verdict small').textContent]);
  assert.equal(subtitle, title.trim());
  await page.click('#verdict small a');
  assert.match(await page.evaluate(() => decodeURIComponent(location.hash)), /^#cause-/);
  await page.close();
});

test('a failure has one block of advice and its curl line, and stands before what passed', async () => {
  const { page } = await open(report);
  await browser.defaultBrowserContext().overridePermissions(report, ['clipboard-read', 'clipboard-write']).catch(() => {});
  const blocks = await page.$$eval('.r.s-failed', all => all.map(r => r.querySelectorAll('.next h4').length));
  assert.ok(blocks.length > 1 && blocks.every(n => n <= 1), JSON.stringify(blocks));
  assert.equal(await page.$eval(`[id="${failed}"] .next h4`, h => h.textContent), 'Why, and what to do');
  const urgent = await page.$$eval('.route', all => all.map(route => Array.from(route.querySelectorAll('.k')).map(k => k.className)));
  for (const route of urgent) {
    const last = route.findLastIndex(k => k.includes('s-failed'));
    assert.ok(route.slice(0, last + 1).every(k => k.includes('s-failed')), route.join());
  }
  await page.bringToFront();
  await page.evaluate(id => { location.hash = '#' + id; }, failed);
  await page.waitForFunction(id => document.getElementById(id).parentNode.open, {}, failed);
  await new Promise(done => setTimeout(done, 300));
  await page.click(`[id="${failed}"] .h .copy`);
  await page.waitForFunction(id => document.querySelector(`[id="${id}"] .h .copy`).textContent === 'Copied', {}, failed);
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^curl .*\/v1\/chat\/completions/s);
  await page.close();
});

test('exchanges filter by status and route, and lead back to their checks', async () => {
  const { page, problems } = await open(report);
  await page.select('#sent [name=status]', 'client');
  await page.select('#sent [name=route]', 'chat');
  const shown = await page.$$eval('.e:not([hidden])', all => all.map(e => [e.querySelector('.st').textContent, e.dataset.ro]));
  assert.ok(shown.length > 0 && shown.every(([status, route]) => /^4\d\d$/.test(status) && route === 'chat'), JSON.stringify(shown.slice(0, 9)));
  assert.equal(await page.evaluate(() => location.hash), '#exchanges?status=client&route=chat');
  const back = await page.$eval('.e:not([hidden]) .by a', a => { a.closest('details').open = true; a.click(); return decodeURIComponent(a.hash.slice(1)); });
  await page.waitForFunction(id => document.getElementById(id).closest('.k').open, {}, back);
  assert.deepEqual(problems, []);
  await page.close();
});

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
