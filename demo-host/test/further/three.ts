import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { askOpensslTs, askPdfsig, askQpdf, toFile } from '../tools.ts';
import { download, waitForOutputs, type SignedPayload } from '../walk/outputs.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { openDrawer, visit, waitFor, type VisitedPage } from '../walk/visit.ts';

const spanish = words['es-MX'];

/** The visits of three who sign one agreement. */
export interface Three {
  first: VisitedPage;
  links: string[];
}

/** Starts a process of three in the panel, and gives the first visit and the links of all. */
export const startThree = async (browser: Browser, url: string): Promise<Three> => {
  const first = await visit(browser, url);
  const { page } = first;
  await waitFor(first, 'tu-esign-ready');
  await openDrawer(page);
  await page.getByLabel('Signatories').selectOption('3');
  // What is told from here on is of the new signing.
  first.told.length = 0;
  await page.getByRole('button', { name: 'Start a new signing' }).click();
  await page.locator('#signatories li').nth(2).waitFor();
  const hrefs = await page
    .locator('#signatories a')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  return { first, links: hrefs };
};

const sign = async (visited: VisitedPage): Promise<SignedPayload> => {
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(visited.page, spanish);
  await consentAndSign(visited.page, spanish);
  return waitForOutputs(visited);
};

const statesIn = ({ page }: VisitedPage) => page.locator('#signatories .gist').allTextContents();

/** Each in a visit of their own, and what the page says meanwhile. Gives what the last one signed. */
export const signInTurn = async (browser: Browser, { first, links }: Three): Promise<SignedPayload> => {
  expect(new Set(links).size).toBe(3);
  const second = await visit(browser, links[1]!);
  await second.page.getByText('Otra persona firma antes que usted').waitFor();
  expect(second.told.some(({ type }) => type === 'tu-esign-error')).toBe(false);

  await first.page.getByText('Usted es el firmante 1 de 3.').waitFor();
  const one = await sign(first);
  await first.page.getByText('Faltan 2 personas por firmar').waitFor();
  expect(one.outputs['conservation-certificate'].state).toBe('later');
  await expect.poll(() => statesIn(first)).toEqual(['signed', 'waiting', 'waiting']);

  // The page that waited goes on by itself, and shows what the first has signed.
  const two = await sign(second);
  const third = await visit(browser, links[2]!);
  await third.page.getByText('Usted es el firmante 3 de 3.').waitFor();
  const three = await sign(third);
  await third.page.getByText('Ya firmaron todas las personas.').waitFor();
  await expect.poll(() => statesIn(third)).toEqual(['signed', 'signed', 'signed']);

  expect(new Set([one, two, three].map(({ identifier }) => identifier)).size).toBe(1);
  expect(new Set([one, two, three].map(({ id }) => id)).size).toBe(3);
  for (const { page, complaints } of [first, second, third]) {
    expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
    await page.context().close();
  }
  return three;
};

/** Three valid signatures by other people's tools, each with a key of its own, and the last document conserved. */
export const judgeThree = async ({ outputs }: SignedPayload, roots: string): Promise<void> => {
  const document = await toFile('signed.pdf', await download(outputs.document.link.href));
  const verdict = await askPdfsig(document, roots);
  for (const said of ['Signature is Valid', 'Certificate is Trusted']) expect(verdict.split(said)).toHaveLength(4);
  expect(verdict.split('Total document signed')).toHaveLength(2);
  const names = [...verdict.matchAll(/Signer Certificate Common Name: (.*)/g)].map(([, name]) => name);
  // The time-stamp over the whole document is by the authority.
  expect(new Set(names.filter((name) => !name!.includes('sello de tiempo'))).size).toBe(3);
  expect(await askQpdf(document)).toContain('No syntax or stream encoding errors found');
  const conserved = await toFile('conserved.tsr', await download(outputs['conservation-certificate'].link.href));
  const rootsFile = await toFile('roots.pem', roots);
  expect(await askOpensslTs(conserved, document, rootsFile)).toContain('Verification: OK');
};
