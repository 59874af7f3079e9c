import { afterAll, beforeAll, expect, test } from 'vitest';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';

import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createOrder, startEmbeddedSigning } from './embedded-signing.ts';
import { hasPreflight, preflight } from './preflight.ts';
import { caseFile, fixture } from './running-service.ts';

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  room = await startEmbeddedSigning();
});
afterAll(() => room.stop());

const sign = async (pdf: Uint8Array): Promise<Uint8Array> =>
  (await room.provider.sign(createOrder((await room.engine.accept(pdf)).pdf))).document;

const alter = (pdf: Buffer, from: string, to: string): Buffer => {
  const text = pdf.toString('latin1');
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to), 'latin1');
};

const documents: [string, Buffer][] = [
  ['pdfa1b-rgb.pdf', caseFile('pdfa1b-rgb')],
  ['crazyones-pdfa.pdf', fixture('crazyones-pdfa')],
];

const judged = hasPreflight ? test : test.skip;
judged.each(documents)(
  '%s is PDF/A-1b for PDFBox, and is so signed (where javac and libpdfbox2-java are)',
  async (name, pdf) => {
    const paths = [room.folder.write(`before-${name}`, pdf), room.folder.write(name, await sign(pdf))];
    expect(preflight(...paths)).toEqual([]);
  },
);

judged('so is one whose page has no room left for another signature, which is not shown', async () => {
  let pdf: Uint8Array = caseFile('pdfa1b-rgb');
  for (let signatories = 0; signatories < 12; signatories += 1) pdf = await sign(pdf);
  const unseen = Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Rect \[ ?0 0 0 0 ?\]/g);
  expect(unseen?.length).toBeGreaterThan(0);
  expect(preflight(room.folder.write('many.pdf', pdf))).toEqual([]);
  const { signatures } = await room.engine.verifyDocument({ document: pdf, now: new Date() });
  expect(signatures.map(({ findings }) => findings.laterChangesAllowed)).toEqual([...Array(11).fill(true), null]);
});

/** Every dictionary that the last section of a file adds. */
const added = (file: PdfFile): PdfDict[] => {
  const found: PdfDict[] = [];
  const walk = (value: PdfObject | undefined): void => {
    if (value instanceof PdfArray) value.members().forEach(walk);
    const dict = value instanceof PdfStream ? value.dict : value;
    if (!(dict instanceof PdfDict)) return;
    found.push(dict);
    for (const [, inside] of dict.entries()) if (!(inside instanceof PdfRef)) walk(inside);
  };
  for (const [number, place] of file.crossReference.places)
    if (place?.section === 0) walk(file.objects.lookup(file.objects.ref(number)));
  return found;
};

test('nothing transparent is added, and characters are listed in PDF/A-1 alone', async () => {
  for (const [pdf, listed] of [
    [caseFile('pdfa1b-rgb'), true],
    [alter(caseFile('pdfa1b-rgb'), 'pdfaid:part>1<', 'pdfaid:part>2<'), false],
    [fixture('pdfkit'), false],
  ] as const) {
    const dicts = added(openPdf(await sign(pdf), nodePorts));
    expect(dicts.some((dict) => dict.has('SMask') || dict.has('Group') || dict.has('ca') || dict.has('BM'))).toBe(
      false,
    );
    expect(dicts.some((dict) => dict.has('CIDSet'))).toBe(listed);
  }
});

test('where colours of a device have no output intent, ours are sRGB by themselves', async () => {
  const without = alter(caseFile('pdfa1b-rgb'), '/OutputIntents [', '/OutputIntentZ [');
  for (const [pdf, own] of [
    [caseFile('pdfa1b-rgb'), false],
    [without, true],
    [fixture('pdfkit'), false],
  ] as const) {
    const dicts = added(openPdf(await sign(pdf), nodePorts));
    const image = dicts.find((dict) => dict.lookup('Subtype')?.toString() === '/Image')!;
    expect(image.lookup('ColorSpace')!.toString().includes('CalRGB')).toBe(own);
    expect(dicts.some((dict) => dict.has('Own'))).toBe(own);
  }
});

test('tagged.pdf stays tagged: the signature has its place in the structure, and the page’s order is the structure’s', async () => {
  const file = openPdf(await sign(caseFile('tagged')), nodePorts);
  const [page] = readPages(file);
  expect(page!.dict.lookup('Tabs')?.toString()).toBe('/S');
  const widget = (page!.dict.lookup('Annots') as PdfArray).lookup(0) as PdfDict;
  const key = numberAt(widget, 'StructParent')!;
  const root = dictAt(file.catalog, 'StructTreeRoot')!;
  const parents = dictAt(root, 'ParentTree')!.lookup('Nums') as PdfArray;
  expect(parents.lookup(2)).toMatchObject({ value: key });
  const element = parents.lookup(3) as PdfDict;
  expect([element.lookup('S')!.toString(), dictAt(element, 'K')!.lookup('Obj')]).toEqual(['/Form', widget]);
  expect(numberAt(root, 'ParentTreeNextKey')).toBe(key + 1);
  const document = root.lookup('K') as PdfDict;
  expect((document.lookup('K') as PdfArray).lookup(1)).toBe(element);
});

test('a document that was signed keeps the structure that was signed', async () => {
  const once = await sign(caseFile('tagged'));
  const { objects, catalog } = openPdf(await sign(once), nodePorts);
  const root = dictAt(catalog, 'StructTreeRoot')!;
  expect(objects.lookup(root.get('ParentTreeNextKey'))).toMatchObject({ value: 2 });
});
