import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { inkOfStamp } from '#appearance/stamp.ts';
import { prepareSignature } from './prepare.ts';
import { createFolder, render } from '../../test/tools.ts';

const agreement = new URL('../../../demo-host/agreement.pdf', import.meta.url);
/** A PNG of one white pixel. */
const blank = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4XmP4//8/AAX+Av70KMtJAAAAAElFTkSuQmCC',
  'base64',
);
const folder = createFolder();
afterAll(folder.remove);

/** In the midst of the first page's text. */
const place = { page: 1, x: 80, y: 340, width: 400, height: 139 };
const pageHeight = 792;

/** Dark pixels where the autograph goes, at one pixel a point. */
const darkWithin = (pdf: string): number => {
  const { data, width, channels } = render(pdf, 1, 72);
  const ink = inkOfStamp(place);
  const [left, top] = [place.x + ink.x, pageHeight - place.y - ink.y - ink.height].map(Math.round) as [number, number];
  let dark = 0;
  for (let y = top; y < top + ink.height; y++)
    for (let x = left; x < left + ink.width; x++) if (data[(y * width + x) * channels]! < 160) dark++;
  return dark;
};

test('where an autograph is put over text, only its ink covers it', async () => {
  const document = readFileSync(agreement);
  const options = {
    document,
    fieldName: 'test',
    facts: { locale: 'es-MX', signatory: 'Ana', acceptedAt: new Date(0), digest: 'a'.repeat(64), identifier: 'c-1' },
    autograph: { png: blank, width: 1, height: 1 },
    placement: place,
    signedAt: new Date(0),
  } as const;
  const before = darkWithin(folder.write('before.pdf', document));
  const { document: signed } = await prepareSignature(options, nodePorts);
  expect(before).toBeGreaterThan(500);
  expect(darkWithin(folder.write('signed.pdf', signed))).toBeGreaterThanOrEqual(before);
});
