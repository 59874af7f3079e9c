import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { askOpensslTs, askPdfsig, toFile } from '../tools.ts';
import { beginWalk } from './begin.ts';
import { download, judge, readSigned, readSignedText, waitForOutputs } from './outputs.ts';
import { consentAndSign, drawWithFinger, drawWithMouse, words } from './signatory.ts';
import { countInkShown, openDrawer, reopen, scrollToEnd, visit, waitFor } from './visit.ts';

const sample = fileURLToPath(new URL('../../agreement.pdf', import.meta.url));
const spanish = words['es-MX'];

/** A PDF of two pages on A4, as a word processor makes it. */
const printLetter = async (browser: Browser): Promise<string> => {
  const page = await browser.newPage();
  const paragraph = '<p>We confirm the terms of the lease as they were agreed upon by both parties.</p>';
  await page.setContent(`<h1>Lease</h1>${paragraph.repeat(30)}`);
  const pdf = await page.pdf({ format: 'A4', margin: { top: '2cm', left: '2cm', right: '2cm', bottom: '2cm' } });
  await page.close();
  return toFile('letter.pdf', pdf);
};

const { browser, demo } = await beginWalk();

test('a signatory reads, draws, consents and signs; the three files hold before other people’s tools', async () => {
  const visited = await visit(browser, demo.url);
  const { page, told, complaints } = visited;
  await waitFor(visited, 'tu-esign-ready');
  const sign = page.getByRole('button', { name: spanish.sign, exact: true });
  await expect.poll(() => sign.getAttribute('aria-disabled')).toBe('true');
  await scrollToEnd(page);
  // For a moment it is there twice: for a screen reader, until all of it is laid over the page.
  await page.getByText('Leído que fue el presente contrato').first().waitFor();
  const mark = page.locator('tu-esign [part=pages]').getByText('Aquí irá su firma');
  await mark.waitFor();
  expect(await countInkShown(page)).toBe(0);
  await drawWithMouse(page, spanish);
  await consentAndSign(page, spanish);
  const signed = await waitForOutputs(visited);

  await page.getByRole('heading', { name: spanish.done }).waitFor();
  // The signed document takes the place of the other in its own time, and from page 1.
  await expect.poll(() => scrollToEnd(page).then(() => countInkShown(page))).toBeGreaterThan(100);
  const badge = page.locator('tu-esign .badge');
  await badge.waitFor();
  expect(await mark.count(), 'marks over the signature').toBe(0);
  expect(told.map(({ type }) => type).slice(0, 2)).toEqual(['tu-esign-ready', 'tu-esign-progress']);
  expect(signed.identifier).toBe(new URL(page.url()).searchParams.get('visit'));
  const listed = page.locator('#timeline .event .name');
  await expect.poll(() => listed.allTextContents()).toEqual(told.map(({ type }) => type));

  const { place, share, changedOutside } = await judge(signed, demo.service.url, sample);
  // The sample has a place of its own for the client's signature.
  expect(place).toMatchObject({ page: 3, rectangle: [320, 525, 544, 609] });
  expect(share).toBeGreaterThan(0.25);
  expect(changedOutside).toBe(0);
  // One time, told alike: of the panel and of the signature, with the name of its zone.
  const saidTime = await page.locator('tu-esign p.time').textContent();
  const clock = /\d\d:\d\d:\d\d UTC−06:00, Ciudad de México/.exec(saidTime ?? '')?.[0];
  expect(await readSignedText(signed)).toContain(clock ?? 'a time with its zone in the panel');

  await page.getByText(spanish.proofs).click();
  const opened = page.getByRole('link', { name: spanish.document });
  expect(new URL((await opened.getAttribute('href'))!).pathname).toBe(
    new URL(signed.outputs.document.link.href).pathname,
  );
  expect(complaints).toEqual([]);

  await reopen(visited);
  await page.getByRole('heading', { name: spanish.done }).waitFor();
  expect(readSigned(await waitFor(visited, 'tu-esign-signed')).id).toBe(signed.id);
  await badge.waitFor();
  expect(await mark.count(), 'marks over the signature').toBe(0);
  await page.context().close();
});

test('the judges notice a byte that was changed after signing, and a root that is not trusted', async () => {
  const visited = await visit(browser, demo.url);
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(visited.page, spanish);
  await consentAndSign(visited.page, spanish);
  const { outputs } = await waitForOutputs(visited);
  const pdf = await download(outputs.document.link.href);
  const roots = await toFile('roots.pem', await download(`${demo.service.url}/v1/authority.pem`));
  expect(await askPdfsig(await toFile('signed.pdf', pdf), '')).not.toContain('Certificate is Trusted');

  const at = Buffer.from(pdf).indexOf('/MediaBox') + 2;
  pdf[at] = pdf[at]! ^ 1;
  const altered = await toFile('altered.pdf', pdf);
  const conserved = await toFile('conserved.tsr', await download(outputs['conservation-certificate'].link.href));
  expect(await askPdfsig(altered, '')).not.toContain('Signature is Valid');
  await expect(askOpensslTs(conserved, altered, roots)).rejects.toThrow('message imprint mismatch');
  await visited.page.context().close();
});

test('on a phone, in English, with a finger, and another PDF', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 };
  const first = await visit(browser, `${demo.url}/?locale=en`, phone);
  const { page } = first;
  const other = await printLetter(browser);
  await openDrawer(page);
  await page.locator('input[type=file]').setInputFiles(other);
  await page.getByLabel('Given name').fill('Beatriz');
  await waitFor(first, 'tu-esign-ready');
  // What is told from here on is of the new signing: it may be ready before its name was looked for.
  first.told.length = 0;
  await page.getByRole('button', { name: 'Start a new signing' }).click();
  await page.getByRole('heading', { name: 'letter.pdf' }).waitFor();
  await waitFor(first, 'tu-esign-ready');
  await page.evaluate(() => window.scrollTo(0, 0));
  await drawWithFinger(page, words.en);
  await consentAndSign(page, words.en);
  const signed = await waitForOutputs(first);
  await page.getByRole('heading', { name: words.en.done }).waitFor();

  const { place, share, changedOutside } = await judge(signed, demo.service.url, other);
  // The host named no place: one was found at the foot of the last page.
  expect(place.page).toBe(2);
  expect(place.rectangle[3]).toBeLessThan(place.height / 2);
  expect(share).toBeGreaterThan(0.25);
  expect(changedOutside).toBe(0);
  expect(first.complaints).toEqual([]);
  await page.context().close();
});

test('a signatory who declines is asked why, and nothing is signed', async () => {
  const visited = await visit(browser, demo.url);
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  await page.getByRole('button', { name: spanish.decline }).click();
  await page.getByRole('textbox', { name: spanish.reason }).fill('El importe no es el acordado.');
  await page.getByRole('button', { name: spanish.confirm }).click();
  expect(await waitFor(visited, 'tu-esign-declined')).toMatchObject({ reason: 'El importe no es el acordado.' });
  await page.getByRole('heading', { name: spanish.declined }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: spanish.declined }).waitFor();
  expect(visited.told.some(({ type }) => type === 'tu-esign-signed')).toBe(false);
  await page.context().close();
});

test('a document that cannot be signed is refused when it is uploaded, and the panel says why', async () => {
  const visited = await visit(browser, demo.url);
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  const here = page.url();
  const pdf = { name: 'photo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('this is no PDF') };
  await openDrawer(page);
  await page.locator('input[type=file]').setInputFiles(pdf);
  await page.getByRole('button', { name: 'Start a new signing' }).click();
  await expect.poll(() => page.locator('#refusal').textContent()).toContain('The document is not a PDF');
  expect(page.url()).toBe(here);
  await page.context().close();
});

test('the panel shows what the service told the back end, and nothing that somebody else told', async () => {
  const forged = { type: 'signing.completed', data: { identifier: 'forged' } };
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg_forged',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
  };
  const answer = await fetch(`${demo.url}/notifications`, { method: 'POST', headers, body: JSON.stringify(forged) });
  expect(answer.status).toBe(401);

  const visited = await visit(browser, demo.url);
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  await drawWithMouse(page, spanish);
  await consentAndSign(page, spanish);
  const { identifier } = await waitForOutputs(visited);
  const shown = page.locator('#timeline .webhook', { hasText: identifier }).locator('.name');
  await expect
    .poll(async () => (await shown.allTextContents()).sort())
    .toEqual([
      'agreement.completed',
      'conservation-certificate.issued',
      'key-certificate.issued',
      'signing.completed',
      'signing.signed',
    ]);
  expect(await page.locator('#timeline').textContent()).not.toContain('forged');
  await page.context().close();
});
