import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { openHostPage } from '../walk/host-page.ts';
import { policyOf, signAll } from './policy.ts';

const { browser, demo } = await beginWalk();

test('pain 7: signs under a policy of script-src, worker-src, connect-src and font-src, and Trusted Types', async () => {
  const host = await openHostPage(browser, { demo, policy: policyOf(demo) });
  await signAll(host);
  await expect.poll(() => host.page.workers().length).toBe(1);
  expect([host.violations, host.complaints]).toEqual([[], []]);
  await host.page.context().close();
});

test('sets no cookie, asks nobody but the service, leaves nothing in the window but the element', async () => {
  const host = await openHostPage(browser, { demo });
  await signAll(host);
  const { page, requests } = host;
  const asked = new Set(requests.filter(({ protocol }) => protocol !== 'blob:').map(({ origin }) => origin));
  expect([...asked].toSorted()).toEqual([demo.url, demo.service.url].toSorted());
  expect(requests.filter(({ origin }) => origin === demo.url).map(({ pathname }) => pathname)).toEqual(['/host-page']);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.context().cookies()).toEqual([]);
  const left = await page.evaluate(() => {
    const { before } = window as unknown as { before: string[] };
    return Object.getOwnPropertyNames(window).filter((name) => !before.includes(name) && name !== 'before');
  });
  expect(left).toEqual([]);
  expect(await page.evaluate(() => typeof customElements.get('tu-esign'))).toBe('function');
  await page.context().close();
});

test('pain 7: signs where WebAssembly is not allowed, as no picture of this document needs it', async () => {
  const host = await openHostPage(browser, { demo, policy: policyOf(demo, { wasm: '' }) });
  await signAll(host);
  expect([host.violations, host.complaints]).toEqual([[], []]);
  await host.page.context().close();
});

test('pain 7: signs where workers are not allowed, on the page’s own thread; the policy reports one try', async () => {
  const host = await openHostPage(browser, { demo, policy: policyOf(demo, { worker: "'none'" }) });
  await signAll(host);
  expect(host.page.workers().length).toBe(0);
  expect(host.violations).toEqual(['worker-src: blob']);
  await host.page.context().close();
});
