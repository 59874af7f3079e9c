import type { Placement } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { drawAutograph } from '../../test/autograph.ts';
import { stream, withTable } from '../../test/hostile-pdfs.ts';
import { caseFile } from '../../test/running-service.ts';
import { boxFromNumbers, transformBox, viewOf } from '@tu-esign/verifier/pdf/geometry.ts';
import { arrayAt, dictAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { sharedThreads } from '../../test/shared-threads.ts';

const { engine } = sharedThreads();

/** What is signed in a document that was accepted: its fields, pages and catalogue. */
const sign = async (pdf: Uint8Array, placement?: Placement) => {
  const facts = {
    locale: 'en',
    signatory: 'X',
    acceptedAt: new Date(),
    identifier: 'X',
    digest: '0'.repeat(64),
  } as const;
  const accepted = await engine.accept(pdf);
  const order = { document: accepted.pdf, fieldName: 'own', facts, autograph: drawAutograph(60, 30), placement };
  const { document } = await engine.prepare({ ...order, signedAt: new Date() });
  const file = openPdf(document, nodePorts);
  const fields = readSignatureFields(file);
  return { accepted, document, file, pages: readPages(file), fields, signed: fields.filter(({ value }) => value) };
};

const boxOf = (field: PdfDict): string => arrayAt(field, 'Rect')!.toString();

test.each([
  ['xfa', 'xfa-dynamic', [{ object: 6 }]],
  [
    'annot-flags',
    'annotations-differ',
    [
      { page: 1, object: 6 },
      { page: 1, object: 8 },
    ],
  ],
  [
    'needap',
    'appearances-differ',
    [
      { page: 1, object: 6 },
      { page: 1, object: 7 },
    ],
  ],
])('%s.pdf is refused for %s, with its places', async (name, finding, places) => {
  await expect(engine.accept(caseFile(name))).rejects.toMatchObject({
    type: 'document-finding',
    message: expect.stringContaining(`${finding} (`) as string,
    findings: [{ finding, places }],
  });
});

test('a host that wants to be told of it is told', async () => {
  const { findings } = await engine.accept(caseFile('annot-flags'), { 'annotations-differ': 'tell' });
  expect(findings).toMatchObject([{ finding: 'annotations-differ', handling: 'told' }]);
});

test.each([
  ['needap', ['appearances-differ', 'need-appearances'], { 'appearances-differ': 'normalise' } as const],
  ['annot-flags', ['annotations-differ'], { 'annotations-differ': 'normalise' } as const],
])('%s.pdf is made harmless where its host wants that', async (name, findings, policy) => {
  const { pdf, rewritten, findings: told } = await engine.accept(caseFile(name), policy);
  expect(rewritten).toBe(true);
  expect(told.filter(({ handling }) => handling === 'normalised').map(({ finding }) => finding)).toEqual(findings);
  // What was made harmless is ordinary from then on.
  const again = await engine.accept(pdf);
  expect(again.findings.filter(({ finding }) => findings.includes(finding))).toEqual([]);
});

test('a host that wants none of what is told by default is asked for nothing more', async () => {
  await expect(engine.accept(caseFile('empty-field'), { 'embedded-files': 'refuse' })).resolves.toMatchObject({
    findings: [],
  });
});

test('shared-annots.pdf: an array that is two pages’ is changed for the one that is signed', async () => {
  const { pages } = await sign(caseFile('shared-annots'));
  expect(pages.map(({ dict }) => arrayAt(dict, 'Annots')!.length)).toEqual([0, 1]);
});

test('an array that is a page’s and the form’s gets one field, once in each', async () => {
  const pdf = withTable([
    [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 5 0 R >> >>'],
    [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots 5 0 R >>'],
    [5, '[6 0 R]'],
    [6, '<< /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [10 600 110 630] >>'],
  ]);
  const { file, pages } = await sign(pdf);
  expect(arrayAt(pages[0]!.dict, 'Annots')!.length).toBe(2);
  expect(arrayAt(dictAt(file.catalog, 'AcroForm')!, 'Fields')!.length).toBe(2);
});

test.each(['approval-fieldmdp-include-p1', 'approval-lock-p1'])(
  '%s.pdf is refused: a signature in it forbids every change',
  async (name) => {
    await expect(engine.accept(caseFile(name))).rejects.toMatchObject({
      type: 'document-locked',
      message: 'The signature of the field autor forbids it',
    });
  },
);

test.each(['docmdp2-field', 'empty-field'])('%s.pdf: the only empty field is filled, where it stands', async (name) => {
  const before = openPdf(caseFile(name), nodePorts);
  const empty = readSignatureFields(before).find(({ value }) => !value);
  const { accepted, fields, signed } = await sign(caseFile(name));
  expect(fields).toHaveLength(readSignatureFields(before).length);
  const filled = signed.find(({ name: own }) => own === empty!.name)!;
  expect(boxOf(filled.dict)).toBe(boxOf(empty!.dict));
  expect(dictAt(filled.dict, 'AP')?.has('N')).toBe(true);
  const { x, y, width, height } = accepted.signaturePlace!;
  expect(`[ ${x} ${y} ${x + width} ${y + height} ]`).toBe(boxOf(empty!.dict));
});

test.each(['fieldmdp-data', 'fieldmdp-nodata'])(
  '%s.pdf: what a signature locks is not what is signed',
  async (name) => {
    const { signed } = await sign(caseFile(name));
    expect(signed).toHaveLength(2);
  },
);

interface Forms {
  fields: string;
  more?: [number, string][];
  catalog?: string;
}

const withFields = ({ fields, more = [], catalog = '' }: Forms): Buffer =>
  withTable([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} /AcroForm << /Fields [${fields}] >> >>`],
    [3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [${fields}] >>`],
    ...more,
  ]);

const signatureField = (name: string, entries = ''): string =>
  `<< /Subtype /Widget /FT /Sig /T (${name}) /F 4 /Rect [300 72 540 160] ${entries} >>`;
const signedBy = (parameters: string): string =>
  `/V << /Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << ${parameters} >> >>] >>`;

const namesOf = (fields: readonly { name: string }[]): string[] => fields.map(({ name }) => name);

test('of two empty fields the named one is filled, and without a name neither', async () => {
  const pdf = withFields({
    fields: '5 0 R 6 0 R',
    more: [
      [5, signatureField('a')],
      [6, signatureField('b')],
    ],
  });
  expect(namesOf((await sign(pdf, { field: 'b' })).signed)).toEqual(['b']);
  expect(namesOf((await sign(pdf)).signed)).toEqual(['own']);
  await expect(sign(pdf, { field: 'c' })).rejects.toMatchObject({ type: 'field-not-found' });
});

test('a field that is filled locks what its author wants locked', async () => {
  const lock = '/Lock << /Type /SigFieldLock /Action /Include /Fields [(monto)] /P 2 >>';
  const { document } = await sign(withFields({ fields: '5 0 R', more: [[5, signatureField('a', lock)]] }));
  expect(Buffer.from(document).toString('latin1')).toMatch(
    /\/Reference \[<< \/Type \/SigRef \/TransformMethod \/FieldMDP \/TransformParams << \/Type \/TransformParams \/V \/1.2 \/Action \/Include \/Fields \[ \(monto\) \] \/P 2 >> >>\]/,
  );
});

test.each([
  ['another filter', '/Ff 1 /Filter /Other'],
  ['another kind of signature', '/Ff 2 /SubFilter [/adbe.pkcs7.detached]'],
  ['a reason', '/Ff 8 /Reasons [(I agree)]'],
  ['another digest', '/Ff 64 /DigestMethod [(SHA512)]'],
  ['the author’s certification', '/MDP << /P 2 >>'],
  ['a certificate of somebody’s', '/Cert << /Ff 2 /Issuer [(x)] >>'],
  ['a time-stamp authority', '/TimeStamp << /Ff 1 /URL (https://x) >>'],
])('a field that asks for %s stays empty', async (_what, seed) => {
  const pdf = withFields({ fields: '5 0 R', more: [[5, signatureField('a', `/SV << ${seed} >>`)]] });
  expect(namesOf((await sign(pdf)).signed)).toEqual(['own']);
});

test('a field that asks for what we do is filled', async () => {
  const seed = '/SV << /Ff 67 /Filter /Adobe.PPKLite /SubFilter [/ETSI.CAdES.detached] /DigestMethod [(SHA256)] >>';
  const pdf = withFields({ fields: '5 0 R', more: [[5, signatureField('a', seed)]] });
  expect(namesOf((await sign(pdf)).signed)).toEqual(['a']);
});

const locked = (name: string): string => signatureField('first', signedBy(`/Action /Exclude /Fields [(${name})]`));
const allButOne = (name: string): Forms => ({
  fields: '5 0 R 6 0 R',
  more: [
    [5, locked(name)],
    [6, signatureField('b')],
  ],
});

test('where all fields but one are locked, that one is filled, and without it nothing can be signed', async () => {
  expect(namesOf((await sign(withFields(allButOne('b')))).signed)).toEqual(['first', 'b']);
  await expect(engine.accept(withFields(allButOne('c')))).rejects.toMatchObject({ type: 'document-locked' });
});

test('in a certified document nothing new is seen', async () => {
  const certified = signatureField('autor', '/V 7 0 R');
  const value = '<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 2 >> >>] >>';
  const pdf = withFields({
    fields: '5 0 R',
    more: [
      [5, certified],
      [7, value],
    ],
    catalog: '/Perms << /DocMDP 7 0 R >>',
  });
  const { accepted, signed } = await sign(pdf);
  expect(accepted.signaturePlace).toBeNull();
  expect(signed.map(({ dict }) => boxOf(dict))).toEqual(['[ 300 72 540 160 ]', '[ 0 0 0 0 ]']);
});

test.each(['', '/Rotate 90', '/Rotate 270 /UserUnit 2'])(
  'a page that is added to small ones is large enough for a signature that can be read (%s)',
  async (entries) => {
    const small = withTable([
      [3, `<< /Type /Page /Parent 2 0 R /MediaBox [10 10 40 90] /Contents 5 0 R ${entries} >>`],
      [5, stream('', Buffer.from('0 0 100 100 re f'))],
    ]);
    const { pages, signed, accepted } = await sign(small);
    expect(pages).toHaveLength(2);
    const { width, height } = viewOf(pages[1]!);
    const rect = numbersAt(signed[0]!.dict, 'Rect', 4)!;
    const box = transformBox(viewOf(pages[1]!).toView, boxFromNumbers(rect)!);
    expect([box.right - box.left, box.top - box.bottom].map(Math.round)).toEqual([264, 92]);
    expect(Math.min(box.left, box.bottom, width - box.right, height - box.top)).toBeGreaterThan(3);
    expect(accepted.signaturePlace).toMatchObject({ page: 2, width: 264, height: 92 });
  },
);

test('vertical.pdf: where text runs down nothing is free, and a page is added', async () => {
  const { accepted, pages } = await sign(caseFile('vertical'));
  expect([accepted.pages, pages.length, accepted.signaturePlace!.page]).toEqual([1, 2, 2]);
});

test('geo-rot45.pdf: what is no quarter turn is none, as viewers have it', async () => {
  const { signed } = await sign(caseFile('geo-rot45'));
  expect(dictAt(signed[0]!.dict, 'MK')?.has('R') ?? false).toBe(false);
});
