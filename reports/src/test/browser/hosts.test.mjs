// Looks at matrix.html in a real browser. HostMatrixTest renders the pages and starts this file:
//   HOSTS=… WIDE=… [SHOTS=…] node --test hosts.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cut, open, overflow, shot, violations, visible } from './browser.mjs';

const hosts = pathToFileURL(process.env.HOSTS).href;
const wide = pathToFileURL(process.env.WIDE).href;

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`no serious accessibility violation at ${width} px, ${scheme}`, async () => {
      for (const address of [hosts, wide]) {
        const { page, problems } = await open(address, { width, scheme });
        await shot(page, `hosts-${address === wide ? 'wide' : 'two'}-${width}-${scheme}`);
        assert.ok(await overflow(page) <= 0, 'the page is too wide');
        assert.deepEqual(await cut(page, 'h1, .why-host li'), []);
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(problems, []);
        await page.close();
      }
    });
  }
}

test('a cell that is not yes leads to its reason', async () => {
  const { page, problems } = await open(hosts);
  await page.click('.hosts-matrix td.s-failed a');
  const id = await page.evaluate(() => location.hash.slice(1));
  assert.match(id, /^why-1-/);
  const reason = await page.$eval('#' + id, item => item.textContent);
  assert.match(reason, /Streaming of chat broken: .*pwned=1.*chat-stream\.has-text/);
  assert.equal(await page.evaluate(() => typeof window.pwned), 'undefined');
  assert.deepEqual(problems, []);
  await page.close();
});

test('can be read without JavaScript', async () => {
  const { page } = await open(hosts, { script: false });
  assert.match(await page.$eval('main', main => main.innerText), /not judged/);
  assert.equal(await visible(page, '#theme'), 0);
  await page.close();
});
