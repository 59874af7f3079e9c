import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf, type DocumentToVerify } from '@tu-esign/verifier/verdicts/findings.ts';
import { judgeFields } from '@tu-esign/verifier/verdicts/judge-fields.ts';
import { nothing } from '#asn1/der.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { entryOf, issueList } from './certificate-lists.ts';
import { authority, daysFromNow, extension, issue, signatory, stamping, today } from './certificates.ts';
import {
  blankContents,
  catalogue,
  plain,
  signByHand,
  signedBy,
  stampedBy,
  stampForm,
  type HandSigned,
} from './hand-signed.ts';
import { stampToken, timeStampAttribute } from './signed-data.ts';

/** Each signature in its place: what covers it, what proves when it was made, and its level. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const stranger = issue('Ajena', { extensions: authority() });
const strangeStamper = issue('Sello ajeno', { issuer: stranger, extensions: stamping });

const judge = (pdf: Buffer, more: Partial<DocumentToVerify> = {}) => {
  const document = new Uint8Array(pdf);
  return judgeFields(open(pdf), { document, roots: [root.pem], now: today, ...more }, nodePorts);
};

const sign = (before: Buffer, more: Partial<HandSigned> = {}): Buffer =>
  signByHand(before, { number: 10, fields: [10], sign: signedBy(person), ...more });
const stamp = (before: Buffer, number: number, more: Partial<HandSigned> = {}): Buffer => {
  const fields = Array.from({ length: number / 10 }, (_, at) => 10 * (at + 1));
  return signByHand(before, { number, fields, form: stampForm, sign: stampedBy(stamper), ...more });
};

const once = sign(plain, { entries: '/M (D:20260102030405Z)' });
const [early, late] = [daysFromNow(-3), daysFromNow(-2)];

test('a signature is told with its field, its end and what it says of itself', async () => {
  const [placed, ...others] = await judge(once);
  expect([others, placed!.end]).toEqual([[], once.length]);
  expect(placed!.signature).toMatchObject({
    field: 'f10',
    kind: 'signature',
    signedAt: new Date('2026-01-02T03:04:05Z'),
    timeProven: false,
    level: 'B-B',
    notes: [],
    changes: [],
  });
  expect(placed!.signature).not.toHaveProperty('used');
  expect(placed!.signature).not.toHaveProperty('isBaseline');
  expect(placed!.signature.findings).toMatchObject({ notRevoked: null, laterChangesAllowed: null });
  expect(failedOf(placed!.signature.findings)).toEqual([]);
});

const provenIn = async (pdf: Buffer, field = 'f10', more?: Partial<DocumentToVerify>) => {
  const placed = await judge(pdf, more);
  const { signature } = placed.find((one) => one.signature.field === field)!;
  return signature.timeProven ? signature.signedAt : null;
};
const stamped = (at: Date, by = stamper): Partial<HandSigned> => ({ sign: stampedBy(by, { at }) });

/** Behind the token lies what nobody has signed. */
const loose = (covered: Buffer): Buffer => Buffer.concat([stampedBy(stamper, { at: early })(covered), Buffer.of(1)]);

test.each<[string, Date | null, Buffer]>([
  ['one that is believed', early, stamp(once, 20, stamped(early))],
  ['the earlier of two', early, stamp(stamp(once, 20, stamped(late)), 30, stamped(early))],
  ['the earlier of two, written the other way', early, stamp(stamp(once, 20, stamped(early)), 30, stamped(late))],
  ['the only one that is believed', late, stamp(stamp(once, 20, stamped(early, strangeStamper)), 30, stamped(late))],
  ['none, where a stranger made it', null, stamp(once, 20, stamped(early, strangeStamper))],
  ['none, where it leaves out more than its value', null, stamp(once, 20, { sign: loose })],
  ['none', null, once],
])('of the time-stamps behind a signature, it is proved by %s', async (_, time, pdf) => {
  expect(await provenIn(pdf)).toEqual(time);
});

test('what is not believed proves nothing where roots are named, and where none are it is whole', async () => {
  const strange = stamp(once, 20, stamped(early, strangeStamper));
  expect(await provenIn(strange, 'f10', { roots: undefined })).toEqual(early);
  const provider = { providerRoots: [stranger.pem] };
  expect(await provenIn(strange, 'f10', provider)).toEqual(early);
});

test('a time-stamp that lies before a signature proves nothing of it', async () => {
  const first = signByHand(plain, { number: 20, fields: [20], form: stampForm, ...stamped(early) } as HandSigned);
  const then = sign(first, { fields: [20, 10] });
  expect((await judge(then)).map(({ signature }) => signature.field)).toEqual(['f20', 'f10']);
  expect(await provenIn(then)).toBeNull();
});

const byAuthority = async (pdf: Buffer) =>
  (await judge(pdf)).find(({ signature }) => signature.kind === 'time-stamp')!.signature.findings.timeStampByAuthority;

test('who has signed the document stamps no time of it, though the certificate lies elsewhere', async () => {
  const self = issue('Persona que sella', { keyName: 'Persona', issuer: root, extensions: stamping });
  expect(await byAuthority(stamp(once, 20, stamped(early, self)))).toBe(false);
  expect(await byAuthority(stamp(once, 20, stamped(early)))).toBe(true);
  const anonymous = sign(plain, { sign: signedBy(person, { certificates: [] }) });
  expect(await byAuthority(stamp(anonymous, 20, stamped(early)))).toBe(true);
  const unreadable = sign(plain, { sign: () => Buffer.from('3003020101', 'hex') });
  expect(await byAuthority(stamp(unreadable, 20, stamped(early)))).toBe(true);
});

const hex = (der: Uint8Array): string => streamOf(`${Buffer.from(der).toString('hex')}>`, '/Filter /ASCIIHexDecode');
const store: Partial<HandSigned> = {
  catalogued: '/DSS << /CRLs [90 0 R] >>',
  objects: { 90: hex(issueList({ by: root })) },
};
const withStamp = (more: Partial<Parameters<typeof stampToken>[0]> = {}): Partial<HandSigned> => ({
  sign: signedBy(person, { unsigned: (of) => [timeStampAttribute(stampToken({ by: stamper, of, ...more }))] }),
});

test.each<[string, (string | null)[], Buffer]>([
  ['with its own time-stamp', ['B-T'], sign(plain, withStamp())],
  ['with a time-stamp behind it', ['B-T', null], stamp(once, 20)],
  [
    'with lists behind it, and no time',
    ['B-B'],
    appendUpdate(once, { objects: { 1: catalogue([10], store.catalogued), ...store.objects } }),
  ],
  ['with its own time-stamp and lists', ['B-LT'], sign(plain, { ...withStamp(), ...store })],
  ['with a time-stamp over lists', ['B-LTA', null], stamp(once, 20, store)],
  [
    'with lists behind a time-stamp',
    ['B-LT', null],
    appendUpdate(stamp(once, 20), { objects: { 1: catalogue([10, 20], store.catalogued), ...store.objects } }),
  ],
  [
    'with a stranger’s time-stamp over lists',
    ['B-LT', null],
    stamp(sign(plain, withStamp()), 20, { ...store, ...stamped(today, strangeStamper) }),
  ],
  [
    'with a time-stamp over lists that leaves out more',
    ['B-LT', null],
    stamp(sign(plain, withStamp()), 20, { ...store, sign: loose }),
  ],
  ['of another form', [null], sign(plain, { ...withStamp(), form: 'adbe.pkcs7.detached' })],
  [
    'that does not hold',
    [null],
    sign(plain, { sign: signedBy(person, { alterSignature: (value) => value.fill(1, 9) }) }),
  ],
  ['by a stranger', [null], sign(plain, { sign: signedBy(stranger) })],
])('the level of a signature %s', async (_, levels, pdf) => {
  expect((await judge(pdf)).map(({ signature }) => signature.level)).toEqual(levels);
});

const told = async (pdf: Buffer) =>
  (await judge(pdf)).map(({ signature }) => [signature.findings.notRevoked, signature.level]);

test('a certificate that was revoked is told of each signature that rests on it, and they have no level', async () => {
  const brief = issue('Breve', { issuer: root, extensions: [...signatory, extension('2.5.29.56', nothing)] });
  const other = sign(plain, { sign: signedBy(brief), ...store });
  expect(await told(other)).toEqual([[true, 'B-B']]);
  const lists = { catalogued: store.catalogued!, objects: { 90: hex(issueList({ by: stranger })) } };
  expect(await told(sign(plain, { sign: signedBy(person), ...lists }))).toEqual([[null, 'B-B']]);
});

test('a list that a later update leaves out still speaks against whom it names', async () => {
  const list = issueList({ by: root, entries: [entryOf(person, daysFromNow(-1))] });
  const told = sign(plain, { ...store, objects: { 90: hex(list) } });
  const without = appendUpdate(told, { objects: { 1: catalogue([10]) } });
  for (const pdf of [told, without]) expect((await judge(pdf))[0]!.signature.findings.notRevoked).toBe(false);
});

test('a value that a later update has written once more is in place where it was signed', async () => {
  const file = open(once);
  const { start, end } = file.originOf(file.objects.ref(11, 0))!;
  const again = /<<.*>>/s.exec(once.subarray(start, end).toString('latin1'))![0];
  const [placed] = await judge(appendUpdate(once, { objects: { 11: again } }));
  expect(failedOf(placed!.signature.findings)).toEqual([]);
});

const value = (text: string): string => /\/ByteRange \[.*?\] \/Contents <\w+>/s.exec(text)![0];

test('a signature whose range says nothing is not read, and comes first', async () => {
  const field =
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (odd) /V << /Type /Sig /SubFilter /ETSI.CAdES.detached >> /Rect [0 0 0 0] >>';
  const pdf = appendUpdate(once, { objects: { 1: catalogue([10, 30]), 30: field } });
  const [odd, whole] = await judge(pdf);
  expect([odd!.end, odd!.signature.field, whole!.signature.field]).toEqual([0, 'odd', 'f10']);
  expect(odd!.signature).toMatchObject({ kind: 'signature', level: null, signedAt: undefined, timeProven: false });
  expect(failedOf(odd!.signature.findings)).toContain('rangeWhole');
  // What proves the other one's time proves nothing of it.
  const later = (await judge(stamp(pdf, 20, { fields: [10, 30, 20] })))[0]!;
  expect([later.signature.field, later.signature.timeProven]).toEqual(['odd', false]);
});

const inField = (text: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (copy) /V << /Type /Sig /SubFilter /ETSI.CAdES.detached ${text} >> /Rect [0 0 0 0] >>`;

test('a value that lies in its field is in place, and one that lies elsewhere is not', async () => {
  const copied = appendUpdate(once, {
    objects: { 1: catalogue([10, 30]), 30: inField(value(once.toString('latin1'))) },
  });
  const found = (await judge(copied)).map(({ signature }) => [signature.field, signature.findings.rangeWhole]);
  expect(found).toEqual([
    ['f10', true],
    ['copy', false],
  ]);
});

test.each([5, 50])(
  'a value whose CMS lies in an object of its own, number %i, leaves out another place than its own',
  async (at) => {
    const apart = sign(plain, { contents: `${at} 0 R`, objects: { [at]: blankContents } });
    const [placed] = await judge(apart);
    expect(failedOf(placed!.signature.findings)).toEqual(['rangeWhole']);
  },
);

test('two fields of one signature are none', async () => {
  const twice = appendUpdate(once, {
    objects: {
      1: catalogue([10, 30]),
      30: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (again) /V 11 0 R /Rect [0 0 0 0] >>',
    },
  });
  await expect(judge(twice)).rejects.toThrow('Two fields have one signature');
  const empty = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /Rect [0 0 0 0] >>';
  const free = appendUpdate(once, {
    objects: { 1: catalogue([10, 30, 40]), 30: empty, 40: empty.replace('empty', 'free') },
  });
  expect((await judge(free)).map(({ signature }) => signature.field)).toEqual(['f10']);
});

test('weak keys are told, and fail but for old documents', async () => {
  const small = issue('Chica', { issuer: root, key: 'p192', extensions: signatory });
  const pdf = sign(plain, { sign: signedBy(small) });
  const strong = async (more?: Partial<DocumentToVerify>) =>
    (await judge(pdf, more))[0]!.signature.findings.algorithmsStrong;
  expect([await strong(), await strong({ legacy: false }), await strong({ legacy: true })]).toEqual([
    false,
    false,
    null,
  ]);
});
