import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { prepareSignature } from './prepare.ts';
import { createFolder, render, run, textOf } from '../../test/tools.ts';

const document = readFileSync(new URL('../../test/fixtures/pdfs/rotation.pdf', import.meta.url));
/** A PNG of one white pixel. */
const blank = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4XmP4//8/AAX+Av70KMtJAAAAAElFTkSuQmCC',
  'base64',
);
const folder = createFolder();
afterAll(folder.remove);

/** A document with a visible signature of somebody; where it is. */
const signFor = async (signatory: string): Promise<string> => {
  const options = {
    document,
    fieldName: 'test',
    facts: { locale: 'es-MX', signatory, acceptedAt: new Date(0), digest: 'a'.repeat(64), identifier: 'contrato-1' },
    autograph: { png: blank, width: 1, height: 1 },
    placement: { page: 1, x: 40, y: 40, width: 400, height: 139 },
    signedAt: new Date(0),
  } as const;
  const { document: pdf } = await prepareSignature(options, nodePorts);
  return folder.write('signed.pdf', pdf);
};

/** Text without what directs it, such as marks of direction, and with one space for many. */
const plain = (text: string): string => text.replaceAll(/\p{Bidi_Control}/gu, '').replaceAll(/\s+/g, ' ');

const names = [
  'Xuua\u0331 Ñä\u0331ñho Ra\u0331 Hñu\u0331',
  'M\u0303axu \u0268\u0301 S\u0308a n\u0304',
  'Yuꞌu Kuʼ Ꞌaka',
  'محمد العربي',
  'לאה כהן',
  '王小明 山田たろう 김철수',
  'José 😀 Łukasz Ωμέγα Жук Nguyễn',
];

test.each(names)('%s is drawn, and found by its own letters', async (name) => {
  const pdf = await signFor(name);
  expect(plain(textOf(pdf))).toContain(name.normalize('NFC'));
  expect(run('qpdf', '--check', pdf)).toMatchObject({ status: 0 });
  // Of a missing glyph, viewers complain.
  expect(run('pdftoppm', '-r', '20', pdf).output).not.toMatch(/error/i);
});

test('who has a name of two directions is read from the side it begins at', async () => {
  const text = plain(textOf(await signFor('Smith 25 محمد')));
  expect(text).toContain('Smith 25 محمد');
});

test('a character that no font has is named by its code point', async () => {
  expect(textOf(await signFor('Cuneiform \u{12000}'))).toContain('Cuneiform [U+12000]');
});

/** The darkest row of ink below the baseline of a name, in pixels from the top. */
const inkOf = async (name: string): Promise<number> => {
  const { data, width, channels } = render(await signFor(name), 1, 72);
  return Array.from({ length: data.length / channels / width }, (_, row) => row)
    .map((row) => data.subarray(row * width * channels, (row + 1) * width * channels))
    .filter((row) => row.some((value) => value < 128)).length;
};

test('a mark below a letter is below it, not beside it and not left out', async () => {
  expect(await inkOf('Ra\u0331')).toBeGreaterThan(await inkOf('Ra'));
});
