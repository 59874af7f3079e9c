import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../src/demo.ts';
import { askOpensslTs, askPdfsig, askQpdf, toFile } from '../tools.ts';
import { download, waitForOutputs, type SignedPayload } from './outputs.ts';
import { newHome, openBrowser, start } from './start.ts';
import { consentAndSign, drawWithMouse, words } from './signatory.ts';
import { visit, waitFor, type VisitedPage } from './visit.ts';

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

/** Starts a process of three in the panel, and gives the first visit and the links of all. */
const startThree = async (): Promise<{ first: VisitedPage; links: string[] }> => {
  const first = await visit(browser, demo.url);
  const { page } = first;
  await waitFor(first, 'tu-esign-ready');
  await page.getByLabel('Signatories').selectOption('3');
  await page.getByRole('button', { name: 'Start a new signing' }).click();
  await page.locator('#signatories li').nth(2).waitFor();
  first.told.length = 0;
  const hrefs = await page
    .locator('#signatories a')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  await page.reload();
  return { first, links: hrefs };
};

const sign = async (visited: VisitedPage): Promise<SignedPayload> => {
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(visited.page, spanish);
  await consentAndSign(visited.page, spanish);
  return waitForOutputs(visited);
};

const statesIn = ({ page }: VisitedPage) => page.locator('#signatories .gist').allTextContents();

test('three sign one after the other, each in a visit of their own; all three signatures hold', async () => {
  const { first, links } = await startThree();
  expect(new Set(links).size).toBe(3);
  const second = await visit(browser, links[1]!);
  await second.page.getByText('Otra persona firma antes que usted').waitFor();
  expect(second.told.some(({ type }) => type === 'tu-esign-error')).toBe(false);

  await first.page.getByText('Usted firma en el lugar 1 de 3.').waitFor();
  const one = await sign(first);
  await first.page.getByText('Faltan otras personas por firmar').waitFor();
  expect(one.outputs.conservationCertificate.state).toBe('later');
  await expect.poll(() => statesIn(first), { timeout: 10_000 }).toEqual(['signed', 'waiting', 'waiting']);

  // The page that waited goes on by itself, and shows what the first has signed.
  const two = await sign(second);
  const third = await visit(browser, links[2]!);
  await third.page.getByText('Usted firma en el lugar 3 de 3.').waitFor();
  const three = await sign(third);
  await third.page.getByText('Ya firmaron todas las personas.').waitFor();
  await expect.poll(() => statesIn(third), { timeout: 10_000 }).toEqual(['signed', 'signed', 'signed']);

  expect(new Set([one, two, three].map(({ identifier }) => identifier)).size).toBe(1);
  expect(new Set([one, two, three].map(({ id }) => id)).size).toBe(3);
  await judgeThree(three);
  for (const { page, complaints } of [first, second, third]) {
    expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
    await page.context().close();
  }
});

/** Three valid signatures by other people's tools, each with a key of its own. */
const judgeThree = async ({ outputs }: SignedPayload): Promise<void> => {
  const roots = new TextDecoder().decode(await download(`${demo.service.url}/v1/authority.pem`));
  const document = await toFile('signed.pdf', await download(outputs.document.link.href));
  const verdict = await askPdfsig(document, roots);
  for (const said of ['Signature is Valid', 'Certificate is Trusted']) expect(verdict.split(said)).toHaveLength(4);
  expect(verdict.split('Total document signed')).toHaveLength(2);
  const names = [...verdict.matchAll(/Signer Certificate Common Name: (.*)/g)].map(([, name]) => name);
  expect(new Set(names).size).toBe(3);
  expect(await askQpdf(document)).toContain('No syntax or stream encoding errors found');
  const conserved = await toFile('conserved.tsr', await download(outputs.conservationCertificate.link.href));
  const rootsFile = await toFile('roots.pem', roots);
  expect(await askOpensslTs(conserved, document, rootsFile)).toContain('Verification: OK');
};

test('one who declines ends it for those after', async () => {
  const { first, links } = await startThree();
  await waitFor(first, 'tu-esign-ready');
  await first.page.getByRole('button', { name: spanish.decline }).click();
  await first.page.getByRole('button', { name: spanish.confirm }).click();
  await waitFor(first, 'tu-esign-declined');
  const second = await visit(browser, links[1]!);
  expect(await waitFor(second, 'tu-esign-error')).toMatchObject({ problem: 'already-declined', retryable: false });
  await second.page.getByRole('alert').getByText('ya se había rechazado').waitFor();
  for (const { page } of [first, second]) await page.context().close();
});
