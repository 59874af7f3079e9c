import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumArguments, chromiumPath } from '../../../.ci/chromium.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { collectSamples } from './collect-samples.ts';
import type { JudgeInBrowser } from './in-browser.ts';
import { judgeSamples, type Sample } from './judge-samples.ts';

/** The verifier as a page would load it, in a real browser, beside Node. */

/** The verifier with a browser's ports, and what it would import besides; nothing stands in for what Node alone has. */
const bundle = async (): Promise<{ code: string; imports: string[] }> => {
  const input = fileURLToPath(new URL('in-browser.ts', import.meta.url));
  const output = { format: 'iife', minify: true } as const;
  const built = await build({ input, platform: 'browser', write: false, output, logLevel: 'silent' });
  const [{ code, imports, dynamicImports }, ...others] = built.output;
  expect(others).toEqual([]);
  return { code, imports: [...imports, ...dynamicImports] };
};

const { code, imports } = await bundle();

const samples = await collectSamples();

/** Megabytes reach a page sooner by HTTP than by what drives the browser. A page from here has WebCrypto. */
const server = createServer(({ url }, response) => {
  if (url === '/samples') response.end(JSON.stringify(samples));
  else response.setHeader('content-type', 'text/html').end('<!doctype html>');
});

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  page = await browser.newPage();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** In the page, which knows nothing of this file. */
const judge = async (): Promise<Record<string, string>> => {
  const samples = (await (await fetch('/samples')).json()) as Sample[];
  return (globalThis as unknown as { judge: JudgeInBrowser }).judge(samples);
};

const judgeInPage = async (): Promise<Record<string, string>> => {
  await page.evaluate(code);
  return page.evaluate(judge);
};

test('what a page loads needs nothing of Node’s', () => {
  expect(imports).toEqual([]);
  expect(code.match(/\bBuffer\b|\bprocess\.|['"`]node:|\brequire\(/g)).toBeNull();
});

test('it weighs little', () => {
  expect(brotliCompressSync(code).length).toBeLessThan(120_000);
});

test('a browser’s verdicts are Node’s', async () => {
  const [theirs, ours] = [await judgeInPage(), await judgeSamples(samples, nodePorts)];
  expect(Object.keys(theirs)).toHaveLength(samples.length);
  const differing = samples.filter(({ name }) => theirs[name] !== ours[name]);
  expect(differing.map(({ name }) => ({ name, browser: theirs[name], node: ours[name] }))).toEqual([]);
  const saying = (part: string) => Object.values(theirs).filter((verdict) => verdict.includes(part)).length;
  expect(saying('"signatureValid":true')).toBeGreaterThan(10);
  expect(saying('"signatureValid":false')).toBeGreaterThan(10);
  expect(saying('"intact":true')).toBeGreaterThan(100);
  expect(saying('"signaturesHold":true')).toBeGreaterThan(2);
  expect(saying('"signaturesHold":false')).toBeGreaterThan(10);
  expect(saying('"fault":"document-')).toBeGreaterThan(10);
  expect([theirs['evidence'], theirs['evidence without a root']]).toEqual(['[]', '[]']);
});
