import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { askPdfsig, toFile } from '../tools.ts';
import { beginWalk } from '../walk/begin.ts';
import { openHostPage } from '../walk/host-page.ts';
import { download, waitForOutputs } from '../walk/outputs.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { openWholeBrowser } from '../walk/start.ts';
import { visit, waitFor, type VisitedPage } from '../walk/visit.ts';

const { demo } = await beginWalk();
const browser = await openWholeBrowser();
afterAll(() => browser.close());

const sign = async <T extends VisitedPage>(visited: T): Promise<T> => {
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(page, words['es-MX']);
  await consentAndSign(page, words['es-MX']);
  await page.getByRole('heading', { name: words['es-MX'].done }).waitFor();
  return visited;
};

/** The signature holds, and it is the whole of the document that is signed. */
const expectSigned = async (pdf: Uint8Array): Promise<void> => {
  const roots = new TextDecoder().decode(await download(`${demo.service.url}/v1/authority.pem`));
  const verdict = await askPdfsig(await toFile('kept.pdf', pdf), roots);
  expect(verdict).toContain('Signature is Valid');
  expect(verdict).toContain('Certificate is Trusted');
  expect(verdict).toContain('Total document signed');
};

/** What lies at an address that only this page can read. */
const readBlob = async (page: Page, address: string): Promise<Buffer> => {
  const text = await page.evaluate(async (blob) => {
    const bytes = new Uint8Array(await (await fetch(blob)).arrayBuffer());
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }, address);
  return Buffer.from(text, 'latin1');
};

const shownByViewer = (page: Page): boolean =>
  page.frames().some((frame) => frame.url().startsWith('chrome-extension:'));

test('the browser itself downloads the signed document under its name, and the signature holds', async () => {
  const visited = await sign(await visit(browser, demo.url));
  const { page, complaints } = visited;
  const { outputs } = await waitForOutputs(visited);
  const downloading = page.waitForEvent('download');
  await page.locator('tu-esign [part=download-button]').click();
  const downloaded = await downloading;
  expect(downloaded.suggestedFilename()).toMatch(/^\S.*\.pdf$/);
  const file = await toFile('downloaded.pdf', '');
  await downloaded.saveAs(file);
  const pdf = await readFile(file);
  expect(pdf.equals(await download(outputs.document.link.href))).toBe(true);
  await expectSigned(pdf);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('asks to print the signed document from a frame, once the browser’s own viewer shows it there', async () => {
  const host = await openHostPage(browser, { demo });
  const { page } = host;
  const printed: string[] = [];
  await page.exposeFunction('tellPrinted', (address: string) => printed.push(address));
  // In every frame that comes; the browser prints all the same, as far as one without a window does.
  await page.addInitScript(() => {
    const { print, tellPrinted } = window as unknown as { print: () => void; tellPrinted: (address: string) => void };
    window.print = () => {
      tellPrinted(location.href);
      print.call(window);
    };
  });
  await sign(host);
  await page.locator('tu-esign [part=print-button]').click();
  await expect.poll(() => printed).toHaveLength(1);
  expect(page.frames().map((frame) => frame.url())).toContain(printed[0]);
  await expect.poll(() => shownByViewer(page)).toBe(true);
  await expectSigned(await readBlob(page, printed[0]!));
  expect([host.violations, host.complaints]).toEqual([[], []]);
  expect(page.context().pages()).toHaveLength(1);
  await page.context().close();
});

test('opens the signed document in a tab to be printed where the page’s policy allows no frame', async () => {
  const host = await sign(await openHostPage(browser, { demo, policy: "frame-src 'none'" }));
  const { page } = host;
  const opening = page.waitForEvent('popup');
  await page.locator('tu-esign [part=print-button]').click();
  const tab = await opening;
  await expect.poll(() => tab.url()).toMatch(/^blob:/);
  await expect.poll(() => shownByViewer(tab)).toBe(true);
  await expectSigned(await readBlob(page, tab.url()));
  expect(host.violations).toEqual(['frame-src: blob']);
  await page.context().close();
});
