import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signAndCompare, waitForRest, tallWindow } from '../preview.ts';
import { beginWalk } from '../walk/begin.ts';
import { drawWithMouse, words } from '../walk/signatory.ts';
import { visit } from '../walk/visit.ts';

const spanish = words['es-MX'];
const { browser, demo } = await beginWalk();

const post = async (path: string, body: BodyInit, type = 'application/json'): Promise<Record<string, string>> => {
  const answer = await fetch(new URL(path, demo.url), { method: 'POST', headers: { 'content-type': type }, body });
  return (await answer.json()) as Record<string, string>;
};

/** Opens a visit whose token asks for that. */
const open = async (asked: object = {}) => {
  const { id } = await post('/api/visits', JSON.stringify(asked));
  const visited = await visit(browser, `${demo.url}/?visit=${id}`, tallWindow);
  await waitForRest(visited);
  return visited;
};

/** An autograph on paper, as a phone sees it. */
const photograph = async (page: Page): Promise<Buffer> => {
  const data = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(900, 420);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#efece4';
    context.fillRect(0, 0, 900, 420);
    Object.assign(context, { strokeStyle: '#12275c', lineWidth: 12, lineCap: 'round', lineJoin: 'round' });
    context.beginPath();
    for (const [x, y] of [
      [120, 300],
      [240, 90],
      [330, 320],
      [450, 110],
      [560, 300],
      [780, 150],
    ] as const)
      context.lineTo(x, y);
    context.stroke();
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return Buffer.from(data);
};

test('what is typed is shown in the document as the signed document shows it', async () => {
  const visited = await open();
  const { page } = visited;
  await page.getByRole('radio', { name: 'Escribir' }).check();
  await page.locator('tu-esign .hand svg path').first().waitFor();
  expect(await signAndCompare(visited)).toHaveLength(1);
  await page.context().close();
});

test('and what is uploaded', async () => {
  const visited = await open();
  const { page } = visited;
  await page.getByRole('radio', { name: 'Subir imagen' }).check();
  const picture = { name: 'firma.png', mimeType: 'image/png', buffer: await photograph(page) };
  await page.locator('tu-esign .picker input').setInputFiles(picture);
  await page.locator('tu-esign canvas.uploaded').waitFor();
  expect(await signAndCompare(visited)).toHaveLength(1);
  await page.context().close();
});

/** Draws initials with the mouse, and puts them on all of their pages. */
const initial = async (page: Page): Promise<void> => {
  const pad = page.locator('tu-esign .pad.small canvas');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await pad.boundingBox())!;
  await page.mouse.move(x + width * 0.4, y + height * 0.8);
  await page.mouse.down();
  for (const [across, down] of [
    [0.5, 0.15],
    [0.56, 0.8],
    [0.6, 0.3],
    [0.66, 0.75],
  ] as const)
    await page.mouse.move(x + width * across, y + height * down, { steps: 8 });
  await page.mouse.up();
  await page.locator('tu-esign .initials-made button.quiet').click();
};

test('several places and initials on every page are shown as the signed document shows them', async () => {
  const visited = await open({ asks: { place: 'several', initials: true } });
  await drawWithMouse(visited.page, spanish);
  await initial(visited.page);
  const pages = (await signAndCompare(visited)).map(({ page }) => page);
  expect(pages.sort()).toEqual(['1', '1', '2', '3', '3']);
  await visited.page.context().close();
});

const sample = fileURLToPath(new URL('../../agreement.pdf', import.meta.url));

/** The sample, each page turned another way. */
const turn = async (): Promise<Buffer> => {
  const turned = join(await mkdtemp(join(tmpdir(), 'tu-esign-turned-')), 'turned.pdf');
  await promisify(execFile)('qpdf', [sample, '--rotate=+90:1', '--rotate=+180:2', '--rotate=+270:3', turned]);
  return readFile(turned);
};

test('pages that are turned show their ink and initials as signed', async () => {
  const pdf = new Uint8Array(await turn());
  const { digest } = await post('/api/agreements?name=turned.pdf', pdf, 'application/pdf');
  const visited = await open({ digest, asks: { place: 'several', initials: true } });
  await drawWithMouse(visited.page, spanish);
  await initial(visited.page);
  expect(await signAndCompare(visited)).toHaveLength(5);
  await visited.page.context().close();
});
