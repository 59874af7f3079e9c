import { afterAll, beforeAll, expect, test } from 'vitest';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createAgreement } from '../agreement-pages.ts';
import { drawAutograph } from '../autograph.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { inspect, listWith, withEntries } from '../fuzz/changes/document.ts';

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let agreement: Buffer;
/** Signed by the first of two, with initials of both on the one page. */
let once: Buffer;
beforeAll(async () => {
  [room, agreement] = await Promise.all([startEmbeddedSigning(), createAgreement(1)]);
  const asked = { initials: { pages: 'all' as const }, initialsInk: drawAutograph(60, 30), position: 1, of: 2 };
  once = Buffer.from((await room.provider.sign(createOrder(agreement, asked))).document);
});
afterAll(() => room.stop());

/** A field of the first page, by its name. */
const fieldNamed = (pdf: Uint8Array, name: string): { number: number; dict: PdfDict } => {
  const { page } = inspect(pdf);
  const found = (arrayAt(page.dict, 'Annots')?.members() ?? []).flatMap((ref) => {
    const dict = page.dict.source.lookup(ref);
    const own = dict instanceof PdfDict ? dict.lookup('T') : undefined;
    return ref instanceof PdfRef && own instanceof PdfString && own.text() === name
      ? [{ number: ref.number, dict: dict as PdfDict }]
      : [];
  });
  return found[0]!;
};

const own = 'tu-esign signatory 1 initials 1';
const others = 'tu-esign signatory 2 initials 1';

/** Whether what was done is allowed by the first signature, and what it is; then whether the agreement was left alone. */
const judge = async (document: Buffer) => {
  const { findings, signatures } = await verifyDocument({ document, original: agreement, now: new Date() }, nodePorts);
  const [first] = signatures;
  return {
    allowed: first!.findings.laterChangesAllowed,
    changes: first!.changes.map(({ kind, detail }) => `${kind}: ${detail}`),
    agreementKept: findings.originalPagesUnchanged,
  };
};

const look = (size: number): string =>
  streamOf('0 0 9 9 re f', `/Type /XObject /Subtype /Form /BBox [0 0 ${size} ${size / 2}]`);

const fillAs = (name: string, size = 56): Buffer => {
  const { number, dict } = fieldNamed(once, name);
  const { next } = inspect(once);
  const entries = { V: '(Other)', Ff: '1', AP: `<< /N ${next} 0 R >>` };
  return appendUpdate(once, { objects: { [number]: withEntries(dict, entries), [next]: look(size) } });
};

test('what the first signatory has filled is closed and locked', async () => {
  expect(await judge(fillAs(own))).toMatchObject({ allowed: false, agreementKept: false });
});

test('who fills what was laid for another, and does not sign, fills in a form, and is told', async () => {
  const { allowed, changes, agreementKept } = await judge(fillAs(others));
  expect([allowed, agreementKept]).toEqual([true, false]);
  expect(changes.join()).toContain('field-filled: it says now: Other');
});

test('what is put into a place stays within it', async () => {
  expect(await judge(fillAs(others, 400))).toMatchObject({ allowed: false, agreementKept: false });
});

/** Adds a field that is named as a place. */
const addPlace = (pdf: Buffer, more = ''): Buffer => {
  const { catalog, page, next } = inspect(once);
  const form = catalog.dict.lookup('AcroForm') as PdfDict;
  const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', `${next} 0 R`) });
  const place = `<< /Type /Annot /Subtype /Widget /FT /Tx /T (tu-esign signatory 2 place 9) /F 4 /Rect [60 500 160 540] ${more} >>`;
  return appendUpdate(pdf, {
    objects: {
      [catalog.number]: withEntries(catalog.dict, { AcroForm }),
      [page.ref.number]: withEntries(page.dict, { Annots: listWith(page.dict, 'Annots', `${next} 0 R`) }),
      [next]: place,
      [next + 1]: look(100),
    },
  });
};

test.each([
  ['empty', ''],
  ['filled', '/V (Other) /Ff 1 /AP << /N 9999 0 R >>'],
])('a place that is added later, %s, is none', async (_how, more) => {
  const document = addPlace(once, more.replace('9999', `${inspect(once).next + 1}`));
  expect(await judge(document)).toMatchObject({ allowed: false, agreementKept: false });
});

test('places that nobody signs with are no part of a signing', async () => {
  const { catalog, catalogRef, ...file } = openPdf(agreement, nodePorts);
  const [page] = readPages({ catalog, catalogRef, ...file }) as [Page];
  const document = appendUpdate(agreement, {
    objects: {
      [catalogRef.number]: withEntries(catalog, { AcroForm: '<< /Fields [900 0 R] >>' }),
      [page.ref.number]: withEntries(page.dict, { Annots: '[900 0 R]' }),
      900: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (tu-esign signatory 2 place 9) /F 4 /Rect [60 500 160 540] >>',
    },
  });
  const { changes } = await verifyDocument({ document, original: agreement, now: new Date() }, nodePorts);
  expect(changes.map(({ detail }) => detail)).toContain('nobody signs with it');
});
