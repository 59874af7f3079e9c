import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../demo/demo.ts';
import { newHome, openBrowser, start } from '../walk/start.ts';
import { judgeThree, signInTurn, startThree } from './three.ts';

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  const home = { ...(await newHome()), provider: 'tu-identidad' } as const;
  [browser, demo] = await Promise.all([openBrowser(), start(home)]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const countExecutions = async (): Promise<Record<string, number>> =>
  (await fetch(`${demo.vendor!.url}/sandbox/executions`)).json() as Promise<Record<string, number>>;

test('three sign by Tu Identidad, one after the other, each once; all three signatures hold', async () => {
  const signed = await signInTurn(browser, await startThree(browser, demo.url));
  await judgeThree(signed, demo.vendor!.root);
  expect(await countExecutions()).toMatchObject({ [signed.identifier]: 3 });
  expect(await readFile(demo.service.log, 'utf8')).not.toContain('"a step failed"');
});
