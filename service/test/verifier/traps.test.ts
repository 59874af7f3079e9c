import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import type { PdfArray, PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { inspect, listWith, withEntries } from '../fuzz/changes/document.ts';
import { objects, writeForm } from '../fuzz/changes/form-document.ts';

/**
 * Documents in which their author has hidden something before anybody signs them, which readers come upon once an update makes
 * them look for it.
 */

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

const sign = async (document: Uint8Array): Promise<Uint8Array> =>
  (await signing.provider.sign(createOrder(new Uint8Array(document)))).document;

const detailsOf = async (document: Uint8Array): Promise<(string | undefined)[]> => {
  const { signatures } = await verifyDocument({ document: new Uint8Array(document), now: new Date() }, nodePorts);
  expect(signatures).toHaveLength(1);
  return signatures[0]!.changes.filter(({ allowed }) => !allowed).map(({ detail }) => detail);
};

/** What is drawn by who looks for objects in all of the file, and takes the last one of each number. */
const decoy = `4 0 obj\n${streamOf('BT /F1 24 Tf 72 700 Td (Pay 999 pesos) Tj ET')}\nendobj\n`;

/** Nothing refers to object 29, and nobody has looked whether it is where it should be. */
const withTrap = (header: string): Buffer => {
  const text = writeForm({ 29: '<< /X 1 >>' }).toString('latin1').replace('29 0 obj', header);
  const table = text.indexOf('xref\n0 1');
  const tail = text.slice(table).replace(/startxref\n\d+/, `startxref\n${table + decoy.length}`);
  return Buffer.from(text.slice(0, table) + decoy + tail, 'latin1');
};

/** Adds an empty field for a signature that is not seen, with one more entry. */
const withField = (signed: Uint8Array, entry: string): Buffer => {
  const { catalog, file, next } = inspect(signed);
  const form = catalog.dict.lookup('AcroForm') as PdfDict;
  const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', `${next} 0 R`) });
  const annotations = (file.objects.lookup(file.objects.ref(7)) as PdfArray).members().map(String);
  const field = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (more) /F 132 /Rect [0 0 0 0] ${entry} >>`;
  return appendUpdate(signed, {
    objects: {
      [catalog.number]: withEntries(catalog.dict, { AcroForm }),
      7: `[${annotations.join(' ')} ${next} 0 R]`,
      [next]: field,
    },
  });
};

test('a field that refers to what is there, and where it should be, is an empty field', async () => {
  expect(await detailsOf(withField(await sign(withTrap('29 0 obj')), '/NM 29 0 R'))).toEqual([]);
});

test.each([
  ['of another generation', '29 1 obj'],
  ['of another number', '28 0 obj'],
])('a field that refers to an object %s than the file says has readers look for all anew', async (_, header) => {
  const details = await detailsOf(withField(await sign(withTrap(header)), '/NM 29 0 R'));
  expect(details).toContain('it is not where the cross-reference says');
});

test('a field that refers to an object by a generation that it never had is told', async () => {
  const signed = await sign(writeForm());
  expect(await detailsOf(withField(signed, '/P 3 7 R'))).toContain('it is referred to by another generation');
});

const pad = (value: number): string => String.fromCharCode((value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);

/** An update that says nothing but a producer, by a stream of this number. */
const withStreamOf = (signed: Uint8Array, own: number): Buffer => {
  const { file, next } = inspect(signed);
  const before = file.crossReference.sections[0]!.start;
  const info = `\n${next} 0 obj\n<< /Producer (x) >>\nendobj\n`;
  const row = `\u0001${pad(signed.length + 1)}\0`;
  const entries = `/Type /XRef /W [1 3 1] /Index [${next} 1] /Root 1 0 R /Info ${next} 0 R /Size ${next + 2} /Prev ${before}`;
  const section = `${own} 0 obj\n${streamOf(row, entries)}\nendobj\n`;
  const end = `startxref\n${signed.length + info.length}\n%%EOF\n`;
  return Buffer.concat([signed, Buffer.from(info + section + end, 'latin1')]);
};

test('a cross-reference is in the place of a content that was missing, for who takes it for an object', async () => {
  const contents = objects[3]!.replace('/Contents 4 0 R', '/Contents [4 0 R 29 0 R]');
  const signed = await sign(writeForm({ 3: contents }));
  expect(await detailsOf(withStreamOf(signed, 29))).toContain('the cross-reference is in its place');
  expect(await detailsOf(withStreamOf(signed, inspect(signed).next + 1))).toEqual([]);
});

test('a cross-reference in the place of an object that is there makes the file another one for some readers', async () => {
  const signed = await sign(writeForm());
  const { fault } = await verifyDocument(
    { document: new Uint8Array(withStreamOf(signed, 4)), now: new Date() },
    nodePorts,
  );
  expect(fault).toBe('document-damaged');
});
