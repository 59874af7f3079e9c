import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Place } from '@tu-esign/contract';
import type { AskedPlaces } from '#signing/request.ts';
import { createAgreement } from './agreement-pages.ts';
import { drawAutograph } from './autograph.ts';
import { createOrder, startEmbeddedSigning } from './embedded-signing.ts';
import { withTable } from './hostile-pdfs.ts';
import { pyHanko, runPyHanko } from './pki/judges.ts';
import { hasPreflight, preflight } from './preflight.ts';
import { caseFile } from './running-service.ts';
import { difference, faultsOf, judgeSignatures, render } from './tools.ts';

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let agreement: Buffer;
beforeAll(async () => {
  [room, agreement] = await Promise.all([startEmbeddedSigning(), createAgreement(3)]);
});
afterAll(() => room.stop());

const initialsInk = drawAutograph(120, 40);

/** Signs, and says where that was said to be. */
const sign = async (document: Uint8Array, asked: AskedPlaces) => {
  const { position = 1, of = 1, ...more } = asked;
  const places = await room.engine.findPlaces(document, asked);
  const order = createOrder(document, { initialsInk, ...more, position, of });
  return { places, document: Buffer.from((await room.provider.sign(order)).document) };
};

const verify = (document: Uint8Array, original: Uint8Array) =>
  room.engine.verifyDocument({ document, original, now: new Date(), roots: [room.authority.rootPem] });

/** All that is not as it should be: for poppler, qpdf and us. */
const faults = async (document: Buffer, original: Uint8Array, signatures: number): Promise<unknown[]> => {
  const path = room.folder.write(`judged-${signatures}.pdf`, document);
  const good = { valid: true, trusted: true, type: 'ETSI.CAdES.detached' };
  expect(judgeSignatures(path, room.store)).toMatchObject(Array.from({ length: signatures }, () => good));
  expect(faultsOf(path)).toBe(0);
  const { findings, signatures: judged } = await verify(document, original);
  return [findings, ...judged.map((one) => one.findings)].flatMap((all) =>
    Object.entries(all).filter(([, holds]) => holds === false),
  );
};

/** Where on its page, in pixels, a place of points is, a pixel more on each side. */
const pixelsOf = ({ ink: { x, y, width, height } }: Place, pageHeight: number, scale: number) => ({
  left: Math.floor(x * scale) - 1,
  right: Math.ceil((x + width) * scale) + 1,
  top: Math.floor(pageHeight - (y + height) * scale) - 1,
  bottom: Math.ceil(pageHeight - y * scale) + 1,
});

test('initials are drawn in the very ink box that was told, on every page, also on one that is turned', async () => {
  const { places, document } = await sign(agreement, { initials: { pages: 'all' } });
  const [before, after] = [room.folder.write('before.pdf', agreement), room.folder.write('after.pdf', document)];
  const initials = places.filter(({ kind }) => kind === 'initials');
  expect(initials.map(({ page }) => page)).toEqual([1, 2, 3]);
  for (const place of initials.slice(0, 2)) {
    const pictures = [render(before, place.page, 144), render(after, place.page, 144)] as const;
    const changed = difference(...pictures)!;
    const box = pixelsOf(place, pictures[1].height, 2);
    expect(changed.left).toBeGreaterThanOrEqual(box.left);
    expect(changed.right).toBeLessThanOrEqual(box.right);
    expect(changed.top).toBeGreaterThanOrEqual(box.top);
    expect(changed.bottom).toBeLessThanOrEqual(box.bottom);
    // As large as it fits: the ink's proportions are wider than the box's.
    expect(changed.right - changed.left).toBeGreaterThan(0.9 * (box.right - box.left));
  }
  expect(await faults(document, agreement, 1)).toEqual([]);
});

test('one autograph is seen beside words, in coordinates and on other pages, in one signature', async () => {
  const placements = [
    { anchor: { text: 'El Cliente' }, dy: -90, width: 180, height: 70 },
    { page: 1, x: 60, y: 500, width: 180, height: 70 },
  ];
  const { places, document } = await sign(agreement, { placements, initials: { pages: 'others' } });
  expect(places.map(({ kind, page }) => `${kind} ${page}`)).toEqual(['signature 1', 'initials 2', 'signature 3']);
  expect(places.at(-1)).toMatchObject({ y: 310 });
  expect(places.at(-1)!.x).toBeGreaterThan(150);
  expect(await faults(document, agreement, 1)).toEqual([]);
});

const later = [
  {
    position: 2,
    placement: { anchor: { text: 'El Cliente' }, dy: -90, width: 180, height: 70 },
    initials: { pages: 'all' as const },
  },
];
const first: AskedPlaces = {
  placements: [
    { anchor: { text: 'El Prestador' }, dy: -90, width: 120, height: 60 },
    { page: 1, x: 60, y: 500, width: 160, height: 60 },
  ],
  initials: { pages: 'all' },
  position: 1,
  of: 2,
  later,
};

const signTwice = async (second: AskedPlaces) => {
  const one = await sign(agreement, first);
  const two = await sign(one.document, { position: 2, of: 2, ...second });
  return { one, two };
};

const modification = `
import io, json, logging, sys, warnings
warnings.simplefilter('ignore'); logging.disable(logging.CRITICAL)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko.keys import load_certs_from_pemder
roots = list(load_certs_from_pemder([sys.argv[1]]))
for signature in PdfFileReader(io.BytesIO(open(sys.argv[2], 'rb').read())).embedded_signatures:
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=roots, allow_fetching=False))
    print(bool(status.bottom_line), status.modification_level.name, flush=True)
`;

test('two signatories with initials on every page fill what was laid, and each signature holds', async () => {
  const [{ placement, initials }] = later as [(typeof later)[0]];
  const { one, two } = await signTwice({ placement, initials });
  expect(two.places.map(({ kind, page }) => `${kind} ${page}`)).toEqual([
    'initials 1',
    'initials 2',
    'signature 3',
    'initials 3',
  ]);
  // None over another.
  const corners = [...one.places, ...two.places].map(({ page, x, y }) => `${page} ${x} ${y}`);
  expect(new Set(corners).size).toBe(corners.length);
  expect(await faults(two.document, agreement, 2)).toEqual([]);
});

test.skipIf(!pyHanko)('to pyHanko the second has filled in a form, where PYHANKO_PATH names its source', async () => {
  const { two } = await signTwice({ initials: { pages: 'all' } });
  const files = [room.folder.write('root.pem', room.authority.rootPem), room.folder.write('two.pdf', two.document)];
  expect(runPyHanko(room.folder, modification, files)).toEqual(['True FORM_FILLING', 'True NONE']);
});

test('a later signatory who names no place takes those that the first one’s token had for them', async () => {
  const { two } = await signTwice({ initials: { pages: [1, 3] } });
  expect(two.places.map(({ kind, page }) => `${kind} ${page}`)).toEqual(['initials 1', 'signature 3', 'initials 3']);
  expect(await faults(two.document, agreement, 2)).toEqual([]);
});

test('room for a later one’s initials is laid where the first has some, though nobody says so', async () => {
  const one = await sign(agreement, { initials: { pages: 'all' }, position: 1, of: 2 });
  const two = await sign(one.document, { initials: { pages: 'all' }, position: 2, of: 2 });
  expect(two.places.filter(({ kind }) => kind === 'initials')).toHaveLength(3);
  expect(await faults(two.document, agreement, 2)).toEqual([]);
});

test('what was not laid is put into no document that is signed', async () => {
  const { document } = await sign(agreement, { position: 1, of: 2 });
  const asked = { position: 2, of: 2, initials: { pages: 'all' as const } };
  await expect(room.engine.findPlaces(document, asked)).rejects.toMatchObject({ type: 'placement-invalid' });
});

test('places of two that lie over each other are told when the first comes', async () => {
  const over = { position: 1, of: 2, placement: { page: 3, x: 60, y: 310, width: 180, height: 60 }, later };
  await expect(room.engine.findPlaces(agreement, over)).rejects.toMatchObject({ type: 'placement-invalid' });
  const { document } = await sign(agreement, { ...over, later: [] });
  const second = { position: 2, of: 2, placement: later[0]!.placement };
  await expect(room.engine.findPlaces(document, second)).rejects.toMatchObject({ type: 'placement-invalid' });
});

test.each([
  ['anchor-not-found', { anchor: { text: 'El Arrendador' }, width: 180, height: 70 }, 'El Arrendador'],
  ['anchor-not-found', { anchor: { text: 'El Cliente', occurrence: 2 }, width: 180, height: 70 }, '2'],
  ['field-not-found', { field: 'Cliente' }, 'Cliente'],
  ['placement-invalid', { anchor: { text: 'El Cliente' }, dx: 400, width: 180, height: 70 }, 'points'],
  ['placement-invalid', { page: 9, x: 1, y: 1, width: 180, height: 70 }, '3 pages'],
])('%s is told beforehand, and says which: %o', async (type, placement, detail) => {
  await expect(room.engine.findPlaces(agreement, { placement })).rejects.toMatchObject({
    type,
    message: expect.stringContaining(detail),
  });
});

test('an empty field is filled, within its own rectangle; one that is signed is not', async () => {
  const original = caseFile('empty-field');
  const [place] = await room.engine.findPlaces(original, {});
  expect(place).toMatchObject({ kind: 'signature', page: 1 });
  const [, field = ''] = /\/T ?\(([^)]+)\)/.exec(original.toString('latin1'))!;
  const { places, document } = await sign(original, { placement: { field } });
  expect(places).toEqual([place]);
  expect(await faults(document, original, 1)).toEqual([]);
  await expect(room.engine.findPlaces(document, { placement: { field } })).rejects.toMatchObject({
    type: 'field-not-empty',
    message: expect.stringContaining(field),
  });
});

test.each(['empty-field', 'tagged', 'vertical', 'geo-rot45'])(
  '%s.pdf: the upload has found the place already',
  async (name) => {
    const original = caseFile(name);
    const { signaturePlace } = await room.engine.accept(original);
    expect(await room.engine.findPlaces(original, {})).toEqual([signaturePlace]);
    expect(await room.engine.findPlaces(original, { position: 1, of: 3, later: [] })).toEqual([signaturePlace]);
  },
);

/** Signed in a field whose widget stands for itself. */
const signedApart = withTable([
  [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [5 0 R] >> >>'],
  [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [6 0 R] >>'],
  [5, '<< /FT /Sig /T (autor) /V 7 0 R /Kids [6 0 R] >>'],
  [6, '<< /Type /Annot /Subtype /Widget /Parent 5 0 R /Rect [100 100 300 200] >>'],
  [7, '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <00> /ByteRange [0 1 2 3] >>'],
]);

test('nothing is put over what others have signed, wherever its widget stands', async () => {
  const over = { page: 1, x: 90, y: 90, width: 120, height: 60 };
  await expect(room.engine.findPlaces(signedApart, { placement: over })).rejects.toMatchObject({
    type: 'placement-invalid',
    message: expect.stringContaining('another signatory'),
  });
  const [beside] = await room.engine.findPlaces(signedApart, { placement: { ...over, x: 310 } });
  expect(beside).toMatchObject({ page: 1, x: 310, y: 90 });
});

const judged = hasPreflight ? test : test.skip;
judged('a document for archives is one with places of two signatories, too (where PDFBox is)', async () => {
  const original = caseFile('pdfa1b-rgb');
  const one = await sign(original, { initials: { pages: 'all' }, position: 1, of: 2 });
  const two = await sign(one.document, { initials: { pages: 'all' }, position: 2, of: 2 });
  const paths = [room.folder.write('one.pdf', one.document), room.folder.write('archive.pdf', two.document)];
  expect(preflight(...paths)).toEqual([]);
});

test('in a tagged document every place is in its structure, and nothing else was done to it', async () => {
  const original = caseFile('tagged');
  const { document } = await sign(original, { initials: { pages: 'all' }, position: 1, of: 2 });
  expect(await faults(document, original, 1)).toEqual([]);
  const added = document.subarray(original.length).toString('latin1');
  const widgets = added.match(/\/Subtype \/Widget/g)!;
  expect(added.match(/\/Type \/OBJR/g)).toHaveLength(widgets.length);
});
