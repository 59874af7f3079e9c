import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIncrementalUpdate } from '#writing/incremental-update.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfLiteralString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createOrder, startEmbeddedSigning } from './embedded-signing.ts';
import { caseFile } from './running-service.ts';

/** No validator in Debian's packages knows PDF/A-2 and 3: what ISO 19005-2 and 3 ask of what we add, rule by rule. */

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  room = await startEmbeddedSigning();
});
afterAll(() => room.stop());

/** The same document, which says that it is of another part, and has a file inside where that part allows it. */
const ofPart = (part: 2 | 3): Uint8Array => {
  const text = caseFile('pdfa1b-rgb').toString('latin1').replace('pdfaid:part>1<', `pdfaid:part>${part}<`);
  const pdf = Buffer.from(text, 'latin1');
  if (part === 2) return pdf;
  const { catalog, catalogRef, objects } = openPdf(pdf, nodePorts);
  const update = createIncrementalUpdate(openPdf(pdf, nodePorts));
  const file = update.add(objects.stream(Buffer.from('<xml/>'), { Type: 'EmbeddedFile', Subtype: 'text/xml' }));
  const name = new PdfLiteralString('invoice.xml');
  const specification = update.add(
    objects.dict({ Type: 'Filespec', F: name, UF: name, EF: { F: file, UF: file }, AFRelationship: 'Data' }),
  );
  catalog.set('AF', objects.array([specification]));
  catalog.set('Names', objects.dict({ EmbeddedFiles: { Names: objects.array([name, specification]) } }));
  update.rewrite(catalogRef, catalog);
  return Buffer.concat([pdf, update.write().bytes]);
};

const sign = async (pdf: Uint8Array): Promise<{ before: PdfFile; after: PdfFile; added: string }> => {
  const accepted = await room.engine.accept(pdf);
  expect(accepted.rewritten).toBe(false);
  const { document } = await room.provider.sign(createOrder(accepted.pdf));
  const added = Buffer.from(document.subarray(pdf.length)).toString('latin1');
  return { before: openPdf(pdf, nodePorts), after: openPdf(document, nodePorts), added };
};

/** Every dictionary and stream of the last section, with what it is in. */
const walkAdded = (file: PdfFile, visit: (dict: PdfDict, stream: PdfStream | undefined) => void): void => {
  const walk = (value: PdfObject | undefined): void => {
    if (value instanceof PdfArray) return value.members().forEach(walk);
    const dict = value instanceof PdfStream ? value.dict : value;
    if (!(dict instanceof PdfDict)) return;
    visit(dict, value instanceof PdfStream ? value : undefined);
    for (const [, inside] of dict.entries()) if (!(inside instanceof PdfRef)) walk(inside);
  };
  for (const [number, place] of file.crossReference.places)
    if (place?.section === 0) walk(file.objects.lookup(file.objects.ref(number)));
};

/** What may not be in anything that is added (6.1.7.2, 6.2.5, 6.2.8, 6.2.9, 6.2.10, 6.4.1, 6.5.1). */
const forbidden = [
  'F',
  'FFilter',
  'OPI',
  'Ref',
  'PS',
  'Alternates',
  'TR',
  'TR2',
  'HTP',
  'SMask',
  'Group',
  'ca',
  'CA',
  'BM',
];

test.each([2, 3] as const)('what is added to PDF/A-%ib keeps its rules', async (part) => {
  const { before, after, added } = await sign(ofPart(part));
  const seen = { fonts: 0, widgets: 0, images: 0 };
  walkAdded(after, (dict, stream) => {
    const type = nameAt(dict, 'Subtype') ?? nameAt(dict, 'Type') ?? '';
    if (stream) {
      expect(['FlateDecode', undefined], type).toContain(nameAt(dict, 'Filter'));
      for (const key of forbidden) expect(dict.has(key), `${type} ${key}`).toBe(false);
    }
    for (const key of ['AA', 'A', 'JS', 'CIDSet', 'XFA']) expect(dict.has(key), `${type} ${key}`).toBe(false);
    if (type === 'Image') {
      seen.images += 1;
      expect(dict.has('Interpolate')).toBe(false);
    }
    if (type === 'Widget') {
      seen.widgets += 1;
      // Printed, and neither hidden, invisible, without view nor with one that toggles (6.3.2); one appearance (6.3.3).
      expect((numberAt(dict, 'F') ?? 0) & (1 | 2 | 4 | 32 | 256)).toBe(4);
      expect((dict.lookup('AP') as PdfDict).entries().map(([key]) => key)).toEqual(['N']);
    }
    if (type === 'CIDFontType2') {
      seen.fonts += 1;
      const descriptor = dict.lookup('FontDescriptor') as PdfDict;
      expect(descriptor.lookup('FontFile2')).toBeInstanceOf(PdfStream);
      expect([dict.has('CIDSystemInfo'), dict.lookup('CIDToGIDMap') instanceof PdfStream]).toEqual([true, true]);
    }
  });
  expect(seen.widgets).toBe(1);
  expect(Math.min(seen.fonts, seen.images)).toBeGreaterThan(0);

  // The identifier stays (6.1.3), and so does what the catalogue has: metadata, intent, and files with their relation.
  const [old, now] = [before, after].map(({ trailer }) => (trailer.lookup('ID') as PdfArray).get(0)!.toString());
  expect(now).toBe(old);
  for (const [key, value] of before.catalog.entries())
    if (key !== 'AcroForm') expect(after.catalog.get(key)?.toString(), key).toBe(value.toString());
  expect(after.catalog.has('AF')).toBe(part === 3);

  // Of the form that objects are written in (6.1.7.1, 6.1.8).
  const heads = added.match(/\d+ \d+ obj\b/g) ?? [];
  expect(added.match(/(?:^|\r|\n)\d+ \d+ obj\r?\n/g)).toHaveLength(heads.length);
  expect(added.match(/[\r\n]endobj[\r\n]/g)).toHaveLength(heads.length);
  expect(added.match(/[\r\n]endstream[\r\n]/g)).toHaveLength(added.match(/[^d]stream\r?\n/g)!.length);
});

test('an output intent for printers is none: colours are sRGB by themselves', async () => {
  const text = caseFile('pdfa1b-rgb').toString('latin1');
  expect(text).toContain('/GTS_PDFA1');
  const { after } = await sign(Buffer.from(text.replace('/GTS_PDFA1', '/GTS_PDFX_'), 'latin1'));
  const colours: string[] = [];
  walkAdded(after, (dict) => {
    if (nameAt(dict, 'Subtype') === 'Image') colours.push(dict.lookup('ColorSpace')!.toString());
  });
  expect(colours).toEqual([expect.stringContaining('CalRGB')]);
});
