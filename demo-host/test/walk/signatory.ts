import type { Page } from 'playwright-core';
import { jagged } from '../ink.ts';

/** What the signatory reads on what they press, in the page's language. */
export const words = {
  'es-MX': {
    pad: 'Recuadro para su firma',
    sign: 'Firmar documento',
    done: 'Su documento quedó firmado',
    document: /Documento firmado \(PDF\)/,
    decline: 'No deseo firmar',
    reason: /Motivo/,
    confirm: 'Rechazar la firma',
    declined: 'Usted rechazó la firma',
    goToSign: 'Ir a firmar',
    proofs: 'Certificados y bitácora',
  },
  en: {
    pad: 'Box for your signature',
    sign: 'Sign document',
    done: 'Your document is signed',
    document: /Signed document \(PDF\)/,
    decline: 'I do not want to sign',
    reason: /Reason/,
    confirm: 'Decline to sign',
    declined: 'You declined to sign',
    goToSign: 'Go to sign',
    proofs: 'Certificates and audit trail',
  },
};
export type Words = (typeof words)['en'];

/** The corners of the jagged line in the window's coordinates, with a margin in the pad. */
const cornersIn = async (page: Page, { pad, goToSign }: Words): Promise<{ x: number; y: number }[]> => {
  const canvas = page.getByRole('application', { name: pad });
  // On a phone the pad is in a sheet.
  const toSign = page.getByRole('button', { name: goToSign, exact: true });
  await canvas.or(toSign).first().waitFor();
  if (await toSign.isVisible()) await toSign.click();
  // What is checked is said for a moment, and moves all that is below.
  await page.locator('tu-esign .checking:not([data-of=viewed])').waitFor({ state: 'hidden' });
  // In view, and where it stays.
  await canvas.hover({ trial: true });
  const box = (await canvas.boundingBox())!;
  return jagged.map(([x, y]) => ({
    x: box.x + box.width * (0.15 + 0.7 * x),
    y: box.y + box.height * (0.2 + 0.6 * y),
  }));
};

export const drawWithMouse = async (page: Page, words: Words): Promise<void> => {
  const [first, ...rest] = await cornersIn(page, words);
  await page.mouse.move(first!.x, first!.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 12 });
  await page.mouse.up();
};

/** Draws with a finger: touches as the browser gets them from a screen. */
export const drawWithFinger = async (page: Page, words: Words): Promise<void> => {
  const [first, ...rest] = await cornersIn(page, words);
  const glass = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    glass.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [first!]);
  let at = first!;
  for (const corner of rest) {
    for (let step = 1; step <= 12; step++) {
      const x = at.x + ((corner.x - at.x) * step) / 12;
      const y = at.y + ((corner.y - at.y) * step) / 12;
      await touch('touchMove', [{ x, y }]);
    }
    at = corner;
  }
  await touch('touchEnd', []);
};

/** Consents and presses the button that signs. */
export const consentAndSign = async (page: Page, words: Words): Promise<void> => {
  await page.locator('tu-esign .consent').getByRole('checkbox').check();
  await page.getByRole('button', { name: words.sign, exact: true }).click();
};
