import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../demo/demo.ts';
import { judgeBy, waitForOutputs } from '../walk/outputs.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { newHome, openBrowser, start, type Home } from '../walk/start.ts';
import { visit, waitFor } from '../walk/visit.ts';
import { judgeThree, signInTurn, startThree } from './three.ts';

const sample = fileURLToPath(new URL('../../agreement.pdf', import.meta.url));
const spanish = words['es-MX'];

let browser: Browser;
let home: Home;
let demo: Demo;
beforeAll(async () => {
  home = { ...(await newHome()), provider: 'tu-identidad' };
  [browser, demo] = await Promise.all([openBrowser(), start(home)]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const countExecutions = async (): Promise<Record<string, number>> =>
  (await fetch(`${demo.vendor!.url}/sandbox/executions`)).json() as Promise<Record<string, number>>;

test('a signatory signs by Tu Identidad, once, and sees the document before its certificates are there', async () => {
  const visited = await visit(browser, demo.url);
  const { page, told, complaints } = visited;
  await waitFor(visited, 'tu-esign-ready');
  expect(await page.locator('#provider').textContent()).toBe('tu-identidad');
  await drawWithMouse(page, spanish);
  await consentAndSign(page, spanish);
  const first = (await waitFor(visited, 'tu-esign-signed')) as { outputs: Record<string, { state: string }> };
  expect(first.outputs['document']).toMatchObject({ state: 'issued' });
  expect(first.outputs['conservation-certificate']).toMatchObject({ state: 'pending' });
  await page.getByRole('heading', { name: spanish.done }).waitFor();

  const signed = await waitForOutputs(visited);
  const { share } = await judgeBy(signed, demo.vendor!.root, sample);
  expect(share).toBeGreaterThan(0.25);
  expect(await countExecutions()).toMatchObject({ [signed.identifier]: 1 });
  expect(told.some(({ type }) => type === 'tu-esign-error')).toBe(false);
  expect(complaints).toEqual([]);

  const apiKey = await readFile(join(home.folder, 'sandbox', 'api-key'), 'utf8');
  await expect.poll(() => readFile(demo.service.log, 'utf8')).toContain('"answered"');
  const log = await readFile(demo.service.log, 'utf8');
  expect(log + JSON.stringify(told) + (await page.content())).not.toContain(apiKey);
  await page.context().close();
});

test('three sign by Tu Identidad, one after the other, each once; all three signatures hold', async () => {
  const signed = await signInTurn(browser, await startThree(browser, demo.url));
  await judgeThree(signed, demo.vendor!.root);
  expect(await countExecutions()).toMatchObject({ [signed.identifier]: 3 });
  expect(await readFile(demo.service.log, 'utf8')).not.toContain('"a step failed"');
});
