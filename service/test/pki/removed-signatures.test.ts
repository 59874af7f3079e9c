import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { judgeFields } from '@tu-esign/verifier/verdicts/judge-fields.ts';
import { judgeRemoved } from '@tu-esign/verifier/verdicts/judge-removed.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { appendUpdate, open } from '../fuzz/changes/append-update.ts';
import { authority, issue, signatory, stamping, today } from './certificates.ts';
import { catalogue, plain, signByHand, signedBy, stampedBy, stampForm, type HandSigned } from './hand-signed.ts';

/** Signatures that were there, and are there no more. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });

const removedFrom = async (pdf: Buffer) => {
  const [file, candidate] = [open(pdf), { document: new Uint8Array(pdf), roots: [root.pem], now: today }];
  const present = await judgeFields(file, candidate, nodePorts);
  return judgeRemoved(file, { present, candidate }, nodePorts);
};
const namesIn = async (pdf: Buffer): Promise<string[]> =>
  (await removedFrom(pdf)).map(({ signature }) => signature.field);

const sign = (before: Buffer, number: number, fields: number[], more: Partial<HandSigned> = {}): Buffer =>
  signByHand(before, { number, fields, sign: signedBy(person), ...more });
const remove = (pdf: Buffer, ...left: number[]): Buffer => appendUpdate(pdf, { objects: { 1: catalogue(left) } });
const once = sign(plain, 10, [10]);
const twice = sign(once, 20, [10, 20]);

test('a signature that was removed is told with where it ended, and that this is not allowed', async () => {
  const [found, ...others] = await removedFrom(remove(once));
  expect([others, found!.end]).toEqual([[], once.length]);
  const { findings, changes } = found!.signature;
  expect(findings).toMatchObject({ parsed: true, signatureValid: true, laterChangesAllowed: false });
  expect(changes).toEqual([
    {
      kind: 'unexplained',
      allowed: false,
      object: 'trailer',
      path: 'Root/AcroForm/Fields',
      revision: 0,
      detail: 'the signature was removed',
    },
  ]);
});

const emptied = (pdf: Buffer): Buffer =>
  appendUpdate(pdf, { objects: { 10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (f10) /Rect [0 0 0 0] >>' } });
const spoilt = (more: Parameters<typeof signedBy>[1]): Buffer =>
  remove(sign(plain, 10, [10], { sign: signedBy(person, more) }));
const free = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (free) /Rect [0 0 0 0] >>';
const shared = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (again) /V 11 0 R /Rect [0 0 0 0] >>';

test.each<[string, string[], Buffer]>([
  ['nothing was removed', [], twice],
  ['nothing was signed', [], remove(plain)],
  ['the only one was', ['f10'], remove(once)],
  ['its value was', ['f10'], emptied(once)],
  ['both were', ['f10', 'f20'], remove(twice)],
  ['the first of two was', ['f10'], remove(twice, 20)],
  ['the second of two was', ['f20'], remove(twice, 10)],
  ['one was before somebody else signed', ['f10'], sign(remove(once), 20, [20])],
  ['one was, long before', ['f10'], remove(sign(remove(once), 20, [20]), 20)],
  ['a time-stamp was', ['f10'], remove(sign(plain, 10, [10], { form: stampForm, sign: stampedBy(stamper) }))],
  [
    'one was that two fields had since',
    ['f10'],
    remove(appendUpdate(once, { objects: { 1: catalogue([10, 30]), 30: shared } })),
  ],
  [
    'one was that stood beside one without a range',
    ['f10'],
    remove(sign(plain, 10, [30, 10], { objects: { 30: free.replace('/T', '/V << /Type /Sig >> /T') } })),
  ],
  [
    'one was that had two fields from its beginning',
    [],
    remove(sign(plain, 10, [10, 30], { objects: { 30: shared } })),
  ],
  ['one was that never was over this', [], spoilt({ content: Buffer.from('x') })],
  ['one was whose signature never held', [], spoilt({ alterSignature: (value) => value.fill(1, 9) })],
  ['one was that nobody could ever read', [], remove(sign(plain, 10, [10], { sign: () => Buffer.from('x') }))],
  [
    'one was that left out more than its value',
    [],
    remove(sign(plain, 10, [10], { sign: (covered) => Buffer.concat([signedBy(person)(covered), Buffer.of(1)]) })),
  ],
])('where %s these are told: %j', async (_, names, pdf) => {
  expect(await namesIn(pdf)).toEqual(names);
});

const verify = async (pdf: Buffer) => {
  const candidate = { document: new Uint8Array(pdf), roots: [root.pem], now: today };
  const { signatures, findings } = await verifyDocument(candidate, nodePorts);
  return [signatures.map(({ field }) => field), findings.signaturesHold, findings.nothingAddedAfter];
};

test('it is told in its place among those that are there', async () => {
  expect(await verify(once)).toEqual([['f10'], true, true]);
  expect(await verify(twice)).toEqual([['f10', 'f20'], true, true]);
  expect(await verify(sign(remove(once), 20, [20]))).toEqual([['f10', 'f20'], false, true]);
  expect(await verify(remove(twice, 10))).toEqual([['f10', 'f20'], false, false]);
});

const verifiedIn = async (pdf: Buffer): Promise<number> => {
  let verified = 0;
  const verify: typeof nodePorts.verify = (check) => {
    verified += 1;
    return nodePorts.verify(check);
  };
  const [file, candidate] = [open(pdf), { document: new Uint8Array(pdf), now: today }];
  const present = await judgeFields(file, candidate, nodePorts);
  await judgeRemoved(file, { present, candidate }, { ...nodePorts, verify });
  return verified;
};

test('of revisions from which nothing was removed no signature is verified again', async () => {
  expect(await verifiedIn(twice)).toBe(0);
  expect(await verifiedIn(sign(sign(plain, 10, [10, 30], { objects: { 30: free } }), 20, [10, 20, 30]))).toBe(0);
  expect(await verifiedIn(remove(once))).toBeGreaterThan(0);
});

test('what cannot be read of earlier revisions hides none that can', async () => {
  const broken = once.toString('latin1').replace(/startxref\n\d+\n%%EOF\n$/, 'startxref\n7\n%%EOF\n');
  expect(await namesIn(remove(once))).toEqual(['f10']);
  const tail = Buffer.from(broken, 'latin1').subarray(-24);
  expect(await namesIn(remove(Buffer.concat([once, tail, once.subarray(-24)])))).toEqual(['f10']);
  const crowd = `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${'50 0 R '.repeat(200_001)}] >> >>`;
  const between = appendUpdate(once, { objects: { 1: crowd } });
  expect(await namesIn(remove(between))).toEqual(['f10']);
});
