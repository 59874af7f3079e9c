import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { failedOf, type VerifiedDocument } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { isPart } from './cases.ts';
import { appendUpdate, streamOf } from './changes/append-update.ts';
import { inspect, listWith, withEntries } from './changes/document.ts';
import { writeForm } from './changes/form-document.ts';
import { formUpdates } from './changes/form-updates.ts';
import { kinds } from './changes/kinds.ts';
import { acceptSample, originals } from './changes/originals.ts';

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

const sign = async (document: Uint8Array): Promise<Uint8Array> =>
  (await signing.provider.sign(createOrder(document))).document;

const verify = (document: Uint8Array, original?: Uint8Array): Promise<VerifiedDocument> =>
  verifyDocument(
    {
      document: new Uint8Array(document),
      ...(original && { original }),
      signatures: 0,
      roots: [signing.authority.rootPem],
      now: new Date(),
    },
    nodePorts,
  );

/** What fails of a document: whoever relies on it must be told. */
const failuresOf = ({ fault, findings, signatures }: VerifiedDocument): string[] => [
  ...(fault ? [fault] : []),
  ...failedOf(findings),
  ...signatures.flatMap((signature) => failedOf(signature.findings)),
];

const trySign = async (document: Uint8Array): Promise<Uint8Array | undefined> => {
  try {
    return await sign(document);
  } catch {
    // Refused: nobody is shown it as signed.
    return undefined;
  }
};

/** In part each kind is tried on two documents, and each document with some kinds; in full all on all. */
const isTried = (document: number, kind: number): boolean => !isPart || (document + kind * 3) % 13 === 0;

const names = Object.keys(kinds);

test.each(originals)('%s: nothing that was changed after a signature, or between two, is accepted', async (name) => {
  const once = await sign(await acceptSample(signing, name));
  const twice = await sign(once);
  const accepted: string[] = [];
  let tried = 0;
  for (const [index, kind] of names.entries()) {
    if (!isTried(originals.indexOf(name), index)) continue;
    for (const [stage, document] of [once, twice].entries()) {
      const update = kinds[kind]!(inspect(document));
      if (!update) continue;
      const changed = appendUpdate(document, update);
      const signedOver = await trySign(changed);
      for (const after of signedOver ? [changed, signedOver] : [changed]) {
        tried += 1;
        const verified = await verify(after);
        const hides = verified.signatures.every(({ findings }) => findings.laterChangesAllowed !== false);
        if (!verified.fault && hides) accepted.push(`${kind}, ${stage + 1}: ${failuresOf(verified).join()}`);
      }
    }
  }
  expect(tried).toBeGreaterThan(isPart ? 10 : 200);
  expect(accepted).toEqual([]);
});

test('what may follow is accepted: a second and a third signature on every document', async () => {
  const refused: string[] = [];
  for (const name of isPart ? originals.slice(0, 5) : originals) {
    const original = await acceptSample(signing, name);
    const thrice = await sign(await sign(await sign(original)));
    const verified = await verify(thrice, original);
    if (failuresOf(verified).length) refused.push(`${name}: ${failuresOf(verified).join()}`);
    expect(verified.signatures.map(({ findings }) => findings.laterChangesAllowed)).toEqual([true, true, null]);
  }
  expect(refused).toEqual([]);
});

test('what is filled in is told with its value', async () => {
  const once = await sign(new Uint8Array(writeForm()));
  const { filled } = formUpdates(inspect(once));
  const { signatures } = await verify(appendUpdate(once, filled['fill a (new AP)']!));
  expect(signatures[0]!.changes).toMatchObject([
    { kind: 'field-filled', allowed: true, field: 'a', object: '8 0', revision: 3, detail: 'it says now: hi' },
  ]);
});

const readCase = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/cases/${name}`, import.meta.url)));

test.each(['approval-lock-p1.pdf', 'approval-fieldmdp-include-p1.pdf'])(
  '%s: an approval that allows no change takes no further signature',
  async (name) => {
    const document = readCase(name);
    await expect(signing.engine.accept(Buffer.from(document))).rejects.toThrow();
    const { pages, catalog, next } = inspect(document);
    expect(pages.number).toBeGreaterThan(0);
    const Metadata = `${next} 0 R`;
    const stream = streamOf('<x/>', '/Type /Metadata /Subtype /XML');
    const objects = { [catalog.number]: withEntries(catalog.dict, { Metadata }), [next]: stream };
    const [signature] = (await verify(appendUpdate(document, { objects }))).signatures;
    expect(signature!.findings.laterChangesAllowed).toBe(true);
    const field = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (more) /Rect [0 0 0 0] >>';
    const form = catalog.dict.lookup('AcroForm') as PdfDict;
    const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', `${next} 0 R`) });
    const more = { objects: { [catalog.number]: withEntries(catalog.dict, { AcroForm }), [next]: field } };
    const [locked] = (await verify(appendUpdate(document, more))).signatures;
    expect(locked!.findings.laterChangesAllowed).toBe(false);
  },
);

test('docmdp2-field.pdf: the field that is there is signed, and the certification holds', async () => {
  const document = await sign(readCase('docmdp2-field.pdf'));
  const { signatures } = await verify(document);
  expect(signatures.map(({ findings }) => findings.laterChangesAllowed)).toEqual([true, null]);
});

test.each(['fieldmdp-data.pdf', 'fieldmdp-nodata.pdf'])('%s: /Data of a reference is not followed', async (name) => {
  const { signatures } = await verify(await sign(readCase(name)));
  expect(signatures.map(({ findings }) => findings.laterChangesAllowed)).toEqual([true, null]);
});
