import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { openHostPage } from '../walk/host-page.ts';
import { policyOf, signAll } from '../walk/policy.ts';

const { browser, demo } = await beginWalk();

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
