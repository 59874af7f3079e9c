import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { DocumentToVerify } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, valueOf, valueOverNothing } from './by-hand.ts';

/** What is said of a whole document, and of where its signatures are: none of these was made by a key. */

type Objects = Record<number, string>;

const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>',
  4: streamOf('0 0 9 9 re f'),
};
const base = withTable(Object.entries(original).map(([number, body]): [number, string] => [Number(number), body]));
const append = (before: Buffer, objects: Objects): Buffer => cover(appendUpdate(before, { objects }));

/** As many fields, each with its value. */
const withFields = (fields: string): Objects => ({
  1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields}] >> >>`,
});
const field = (name: string, value: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /V ${value} /Rect [0 0 0 0] >>`;
const timeStamp = valueOf().replace('ETSI.CAdES.detached', 'ETSI.RFC3161');

const once = append(base, { ...withFields('10 0 R'), 10: field('one', '11 0 R'), 11: valueOf() });
const second = { ...withFields('20 0 R 10 0 R'), 20: field('two', '21 0 R') };
const twice = append(once, { ...second, 21: valueOf() });
const stamped = append(once, { ...second, 21: timeStamp });

const judge = (document: Buffer, more: Partial<DocumentToVerify> = {}) =>
  verifyDocument({ document: new Uint8Array(document), now: new Date(), ...more }, nodePorts);

const bytes = (pdf: Buffer): Uint8Array => new Uint8Array(pdf);

test.each<[string, Buffer, Partial<DocumentToVerify>, boolean]>([
  ['no signature, where one is wanted', base, {}, false],
  ['no signature, where none is', base, { signatures: 0 }, true],
  ['one signature', once, {}, true],
  ['one signature, where two are wanted', once, { signatures: 2 }, false],
  ['one more than the original', once, { original: bytes(base) }, true],
  ['no more than the original', once, { original: bytes(once) }, false],
  ['two, of which the original had one', twice, { original: bytes(once) }, true],
  ['a time-stamp in place of a signature', stamped, { signatures: 2 }, false],
  ['a time-stamp more than the original', stamped, { original: bytes(once) }, false],
  [
    'one, where the original had a time-stamp alone',
    append(append(base, { ...withFields('20 0 R'), 20: second[20], 21: timeStamp }), {
      ...second,
      10: field('one', '11 0 R'),
      11: valueOf(),
    }),
    { original: bytes(append(base, { ...withFields('20 0 R'), 20: second[20], 21: timeStamp })) },
    true,
  ],
])('there are as many as wanted or not: %s', async (_, document, more, present) => {
  expect((await judge(document, more)).findings.signaturesPresent).toBe(present);
});

const described = { 30: '<< /Producer (x) >>' };
const redrawn = { 4: streamOf('9 9 9 9 re f') };

test.each<[string, Buffer, boolean | null]>([
  ['without a signature', base, null],
  ['up to the end', once, true],
  ['with what nothing refers to behind', append(once, described), true],
  ['with another content behind', append(once, redrawn), false],
  ['with more behind than updates', Buffer.concat([once, Buffer.from('% more')]), false],
  [
    'where what it covers cannot be told',
    append(base, { ...withFields('10 0 R'), 10: field('one', '11 0 R'), 11: valueOverNothing }),
    false,
  ],
  ['with another signature behind', twice, true],
])('nothing is added after the newest signature: %s', async (_, document, expected) => {
  expect((await judge(document)).findings.nothingAddedAfter).toBe(expected);
});

test.each<[string, Buffer, number[]]>([
  ['a time-stamp came', stamped, [once.length]],
  ['a signature came', twice, []],
  ['what nothing refers to came', append(once, described), []],
  ['nothing came', once, []],
  [
    'a time-stamp came behind the second signature',
    append(twice, {
      ...withFields('20 0 R 10 0 R 30 0 R'),
      30: field('three', '31 0 R'),
      31: timeStamp,
    }),
    [twice.length],
  ],
])('where nothing but time-stamps came behind, its end is told: %s', async (_, document, ends) => {
  expect((await judge(document)).earlierEnds).toEqual(ends);
});

test('signatures are told in the order in which they were made', async () => {
  const { signatures, pages, findings } = await judge(twice);
  expect(signatures.map((signature) => signature.field)).toEqual(['one', 'two']);
  expect(signatures.map(({ findings: own }) => own.laterChangesAllowed)).toEqual([true, null]);
  expect([pages, findings.parsed, findings.signaturesHold]).toEqual([1, true, false]);
  expect((await judge(base)).findings.signaturesHold).toBeNull();
  expect((await judge(stamped)).signatures.map(({ kind }) => kind)).toEqual(['signature', 'time-stamp']);
});

test('an original that cannot be read is not kept, and what begins with it says so', async () => {
  const broken = await judge(once, { original: new Uint8Array([1, 2, 3]) });
  expect(broken.findings).toMatchObject({
    originalPagesKept: false,
    originalPagesUnchanged: false,
    signaturesPresent: true,
  });
  expect([broken.startsWithOriginal, broken.changes]).toEqual([false, []]);
  const kept = await judge(once, { original: bytes(base) });
  expect(kept.findings).toMatchObject({ originalPagesKept: true, originalPagesUnchanged: true });
  expect([kept.startsWithOriginal, kept.changes.map(({ kind }) => kind)]).toEqual([true, ['signature']]);
  const alone = await judge(once);
  expect(alone.findings).toMatchObject({ originalPagesKept: null, originalPagesUnchanged: null });
  expect([alone.startsWithOriginal, alone.changes]).toEqual([false, []]);
});

test.each<[string, string, string]>([
  ['that is none', 'no PDF', 'document-damaged'],
  [
    'whose fields share a signature',
    append(base, {
      ...withFields('10 0 R 20 0 R'),
      10: field('one', '11 0 R'),
      20: field('two', '11 0 R'),
      11: valueOf(),
    }).toString('latin1'),
    'document-damaged',
  ],
  [
    'with more ends than anybody looks at',
    append(once, { 90: streamOf('startxref\n9\n%%EOF\n'.repeat(201)) }).toString('latin1'),
    'document-too-complex',
  ],
  [
    'that is encrypted',
    append(base, {})
      .toString('latin1')
      .replace(/\/Size (\d+)(?![^]*\/Size)/, '/Encrypt << /Filter /Standard >> /Size $1'),
    'document-encrypted',
  ],
])('nothing is said of a document %s', async (_, text, fault) => {
  expect(await judge(Buffer.from(text, 'latin1'))).toEqual({
    findings: {
      parsed: false,
      originalPagesKept: null,
      originalPagesUnchanged: null,
      signaturesPresent: false,
      signaturesHold: null,
      nothingAddedAfter: null,
    },
    fault,
    pages: 0,
    startsWithOriginal: false,
    signatures: [],
    changes: [],
    earlierEnds: [],
  });
});

/** Ends that are none, so many. */
const ends = (count: number): Objects => ({ 90: streamOf('startxref\n9\n%%EOF\n'.repeat(count)) });

test('two hundred ends are looked at since the first signature, and those before it are none', async () => {
  const { fault, signatures, findings } = await judge(append(once, ends(198)));
  expect([fault, signatures.length, findings.nothingAddedAfter]).toEqual([undefined, 1, true]);
  expect((await judge(append(once, ends(199)))).fault).toBe('document-too-complex');
  expect((await judge(append(base, ends(300)))).fault).toBeUndefined();
});

const rangesOf = async (document: Buffer): Promise<(boolean | null)[][]> =>
  (await judge(document)).signatures.map(({ findings }) => [findings.rangeWhole, findings.laterChangesAllowed]);

/** What a signature covers that was written first, with the same value. */
const rangeOfFirst = (before: Buffer): string => /\/ByteRange \[(.*?)\]/.exec(before.toString('latin1'))![1]!;

test('a signature leaves out its own value, and no other one’s', async () => {
  expect(await rangesOf(once)).toEqual([[true, null]]);
  const borrowed = append(once, { ...second, 21: valueOf(rangeOfFirst(once)) });
  // Both end at the same place: the second one's field comes first in the form.
  expect(await rangesOf(borrowed)).toEqual([
    [false, false],
    [true, false],
  ]);
});

test('a signature over a file that is none is whole, and what comes after it is not allowed', async () => {
  const cut = append(base, { ...withFields('10 0 R'), 10: field('one', '11 0 R'), 11: valueOf() });
  const text = cut.toString('latin1');
  const shorter = Buffer.from(
    text.replace(
      /(\/ByteRange \[\d+ +\d+ +\d+ +)(\d+)/,
      (_, start: string, length: string) => start + String(Number(length) - 9).padEnd(length.length),
    ),
    'latin1',
  );
  expect(await rangesOf(shorter)).toEqual([[true, false]]);
});

test('what never held and was taken away was no signature', async () => {
  const back = append(once, { 1: original[1]! });
  expect((await judge(back)).signatures).toEqual([]);
});
