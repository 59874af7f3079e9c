import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../src/demo.ts';
import { download } from './outputs.ts';
import { newHome, openBrowser, start } from './start.ts';
import { words } from './signatory.ts';
import { judgeThree, signInTurn, startThree } from './three.ts';
import { visit, waitFor } from './visit.ts';

const spanish = words['es-MX'];

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), newHome().then(start)]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

test('three sign one after the other, each in a visit of their own; all three signatures hold', async () => {
  const signed = await signInTurn(browser, await startThree(browser, demo.url));
  await judgeThree(signed, new TextDecoder().decode(await download(`${demo.service.url}/v1/authority.pem`)));
});

test('one who declines ends it for those after', async () => {
  const { first, links } = await startThree(browser, demo.url);
  await waitFor(first, 'tu-esign-ready');
  await first.page.getByRole('button', { name: spanish.decline }).click();
  await first.page.getByRole('button', { name: spanish.confirm }).click();
  await waitFor(first, 'tu-esign-declined');
  const second = await visit(browser, links[1]!);
  expect(await waitFor(second, 'tu-esign-error')).toMatchObject({ problem: 'already-declined', retryable: false });
  await second.page.getByRole('alert').getByText('ya se había rechazado').waitFor();
  for (const { page } of [first, second]) await page.context().close();
});
