import { decode } from 'fast-png';
import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { consentAndSign, drawWithFinger, words } from '../walk/signatory.ts';
import { visit, waitFor } from '../walk/visit.ts';

const spanish = words['es-MX'];
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 };

const { browser, demo } = await beginWalk();

/** What a camera would read off a picture of a code. */
const readCode = (png: Uint8Array): string | undefined => {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) pixels[at * 4 + channel] = data[at * channels + channel]!;
  }
  return (jsQR as unknown as typeof jsQR.default)(pixels, width, height)?.data;
};

test('pain 11: who reads on a computer goes on with a phone by a code, and the computer follows', async () => {
  const computer = await visit(browser, demo.url);
  await waitFor(computer, 'tu-esign-ready');
  await computer.page.getByText('Más opciones').click();
  await computer.page.getByRole('button', { name: 'Firmar desde mi celular' }).click();
  const code = computer.page.getByRole('img', { name: /^Código QR/ });
  await code.waitFor();
  const address = readCode(await code.screenshot());
  expect(address).toMatch(/\/\?visit=[0-9a-f-]{36}$/);

  const held = await visit(browser, address!, phone);
  await waitFor(held, 'tu-esign-ready');
  await drawWithFinger(held.page, spanish);
  await consentAndSign(held.page, spanish);
  const signed = await waitFor(held, 'tu-esign-signed');
  expect((await waitFor(computer, 'tu-esign-signed'))['id']).toBe(signed['id']);
  await computer.page.getByRole('heading', { name: spanish.done }).waitFor();
  for (const { page, complaints } of [computer, held]) {
    expect(complaints).toEqual([]);
    await page.context().close();
  }
});
