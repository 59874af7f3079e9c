import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../demo/demo.ts';
import { download, judge, waitForOutputs } from '../walk/outputs.ts';
import { newHome, openBrowser, start, type Home } from '../walk/start.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { reopen, visit, waitFor, type VisitedPage } from '../walk/visit.ts';

const sample = fileURLToPath(new URL('../../agreement.pdf', import.meta.url));
const spanish = words['es-MX'];

let browser: Browser;
let demo: Demo | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});
afterEach(() => demo?.stop());
afterAll(() => browser?.close());

const sign = async (visited: VisitedPage): Promise<void> => {
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(visited.page, spanish);
  await consentAndSign(visited.page, spanish);
};

test('stopping everything and starting again keeps the links of a finished signing', async () => {
  const home = await newHome();
  demo = await start(home);
  const visited = await visit(browser, demo.url);
  await sign(visited);
  const signed = await waitForOutputs(visited);
  const before = await download(signed.outputs.document.link.href);
  await demo.stop();

  demo = await start(home);
  expect(await download(signed.outputs.document.link.href)).toEqual(before);
  await reopen(visited);
  const again = await waitForOutputs(visited);
  expect(again.id).toBe(signed.id);
  expect(await download(again.outputs.document.link.href)).toEqual(before);
  await visited.page.context().close();
});

/** Signs and kills the service as soon as the browser has its 202; says how far the signing had come. */
const signAndKill = async (home: Home, running: Demo): Promise<{ visited: VisitedPage; status: string }> => {
  const visited = await visit(browser, running.url);
  visited.page.on('response', (response) => {
    if (response.status() === 202) process.kill(running.service.pid, 'SIGKILL');
  });
  await sign(visited);
  await running.service.ended;
  return { visited, status: readStatus(home, new URL(visited.page.url()).searchParams.get('visit')!) };
};

/** What the record says while no service runs. */
const readStatus = ({ folder }: Home, identifier: string): string => {
  const records = new DatabaseSync(join(folder, 'service', 'records.sqlite'));
  const row = records.prepare('SELECT status FROM signings WHERE identifier = ?').get(identifier);
  records.close();
  return String(row?.['status']);
};

/** What the host was told of a signing, as its back end verified it. */
const listTold = async (url: string, identifier: string): Promise<string[]> => {
  const arrivals = (await (await fetch(`${url}/api/notifications`)).json()) as Arrival[];
  return arrivals.filter(({ body }) => body.data.identifier === identifier).map(({ body }) => body.type);
};

interface Arrival {
  body: { type: string; data: { identifier: string } };
}

test('a service killed after it accepted finishes the signing when it is back, and the waiting page is told', async () => {
  const home = await newHome();
  // A kill may come too late to interrupt anything; one that did not is what is wanted.
  for (let tries = 0; tries < 5; tries++) {
    demo = await start(home);
    const { visited, status } = await signAndKill(home, demo);
    await demo.stop();
    demo = await start(home);
    const signed = await waitForOutputs(visited, 60_000);
    await judge(signed, demo.service.url, sample);
    await expect.poll(() => listTold(demo!.url, signed.identifier)).toContain('signing.completed');
    await visited.page.context().close();
    await demo.stop();
    if (status !== 'completed') return expect(['accepted', 'submitting', 'signed', 'conserved']).toContain(status);
  }
  return expect.fail('the service was always done before it was killed');
});
