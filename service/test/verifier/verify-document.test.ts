import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { agreement, fixture, otherAgreement } from '../running-service.ts';
import { refused } from '../sample-pdfs.ts';
import { judgeSignatures, run } from '../tools.ts';
import { failedOf, type DocumentToVerify, type VerifiedDocument } from '@tu-esign/verifier/verdicts/findings.ts';

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let once: Uint8Array;
let twice: Uint8Array;
beforeAll(async () => {
  room = await startEmbeddedSigning();
  once = await sign(agreement);
  twice = await sign(once);
});
afterAll(() => room.stop());

const sign = async (document: Uint8Array): Promise<Uint8Array> =>
  (await room.provider.sign(createOrder(document))).document;

const verify = (document: Uint8Array, expected: Partial<DocumentToVerify> = {}): Promise<VerifiedDocument> =>
  room.engine.verifyDocument({ document, roots: [room.authority.rootPem], now: new Date(), ...expected });

const failures = ({ findings, signatures }: VerifiedDocument) => [
  failedOf(findings),
  ...signatures.map((signature) => failedOf(signature.findings)),
];

/** pdfsig's word on each signature, in the file's order. */
const poppler = (document: Uint8Array) => judgeSignatures(room.folder.write('judged.pdf', document), room.store);

/** Pages drawn on by somebody, as an update behind everything that was there. */
const drawOn = async (document: Uint8Array, change: (pdf: PDFDocument) => void): Promise<Uint8Array> => {
  const pdf = await PDFDocument.load(document, { updateMetadata: false });
  const snapshot = pdf.takeSnapshot();
  change(pdf);
  const page = pdf.getPage(0);
  snapshot.markRefForSave(page.ref);
  const update = await pdf.saveIncremental(snapshot);
  return Buffer.concat([document, update]);
};

const rewrite = (document: Uint8Array, ...parameters: string[]): Buffer => {
  const [input, output] = [room.folder.write('input.pdf', document), join(room.folder.path, 'output.pdf')];
  expect(run('qpdf', ...parameters, input, output).status).toBe(0);
  return readFileSync(output);
};

test('what we sign holds in every finding, once and twice', async () => {
  const one = await verify(once, { original: agreement });
  expect(failures(one)).toEqual([[], []]);
  expect(one.findings).toEqual({
    parsed: true,
    originalPagesKept: true,
    originalPagesUnchanged: true,
    signaturesPresent: true,
    signaturesHold: true,
    nothingAddedAfter: true,
  });
  expect(one.signatures[0]!.findings).toMatchObject({ timeStampHolds: true, timeStampToPinnedRoot: true });
  expect(one.signatures[0]!.findings.laterChangesAllowed).toBeNull();
  const both = await verify(twice, { original: once, signatures: 2 });
  expect(failures(both)).toEqual([[], [], []]);
  expect(both.signatures[0]!.findings.laterChangesAllowed).toBe(true);
  expect(both.startsWithOriginal).toBe(true);
  expect(poppler(twice).map(({ valid }) => valid)).toEqual([true, true]);
});

test('a signature that is missing is told', async () => {
  expect(failures(await verify(once, { original: once }))).toEqual([['signaturesPresent'], []]);
  expect(failures(await verify(once, { signatures: 2 }))).toEqual([['signaturesPresent'], []]);
  expect(failures(await verify(agreement))).toEqual([['signaturesPresent']]);
});

test('a chain to another root is told', async () => {
  const other = await startEmbeddedSigning();
  const found = await verify(once, { roots: [other.authority.rootPem] });
  expect(failures(found)).toEqual([['signaturesHold'], ['chainToPinnedRoot', 'timeStampToPinnedRoot']]);
  expect(failures(await verify(once, { roots: undefined }))).toEqual([[], []]);
  other.stop();
});

test('one byte of the text changed breaks the digest, for poppler too', async () => {
  const changed = Buffer.from(once);
  changed[changed.lastIndexOf('/MediaBox') + 12]! ^= 1;
  const found = await verify(changed, { original: agreement });
  expect(failures(found)).toEqual([
    ['originalPagesKept', 'originalPagesUnchanged', 'signaturesHold'],
    ['digestMatches'],
  ]);
  expect(poppler(changed).map(({ valid }) => valid)).toEqual([false]);
});

test('a page drawn on after signing is told, where poppler finds the signature valid', async () => {
  const drawn = await drawOn(once, (pdf) => pdf.getPage(0).drawText('y el doble', { x: 100, y: 400 }));
  const found = await verify(drawn, { original: agreement });
  expect(found.findings).toMatchObject({ originalPagesKept: true, originalPagesUnchanged: false });
  expect(found.findings).toMatchObject({ nothingAddedAfter: false, signaturesHold: false });
  expect(failedOf(found.signatures[0]!.findings)).toEqual(['laterChangesAllowed']);
  expect(poppler(drawn)).toMatchObject([{ valid: true, total: false }]);
});

test('an update behind the newest signature that it allows is no failure, and anything else there is', async () => {
  const described = await drawOn(once, (pdf) => pdf.setTitle('another title'));
  const found = await verify(described);
  expect([found.signatures[0]!.findings.laterChangesAllowed, failures(found)]).toEqual([true, [[], []]]);
  const behind = await verify(Buffer.concat([once, Buffer.from('\n% more\n')]));
  expect(failedOf(behind.findings)).toEqual(['nothingAddedAfter']);
});

test('and is told where it was signed over', async () => {
  const drawn = await drawOn(once, (pdf) => pdf.getPage(0).drawText('y el doble', { x: 100, y: 400 }));
  const found = await verify(await sign(drawn));
  expect(failures(found)).toEqual([['signaturesHold'], ['laterChangesAllowed'], []]);
});

const annotate = (pdf: PDFDocument) => {
  const note = pdf.context.obj({ Type: 'Annot', Subtype: 'FreeText', Rect: [0, 0, 200, 50], Contents: 'nota' });
  pdf.getPage(0).node.addAnnot(pdf.context.register(note));
};

const empty = (pdf: PDFDocument) => {
  for (const ref of pdf.getPage(0).node.Annots()!.asArray()) {
    const widget = pdf.context.lookup(ref) as unknown as { set(key: PDFName, value: unknown): void };
    widget.set(PDFName.of('AP'), pdf.context.obj({}));
  }
};

test('an annotation, a page more, and a signature’s picture replaced are changes', async () => {
  const changes = [annotate, (pdf: PDFDocument) => void pdf.addPage(), empty];
  for (const [index, change] of changes.entries()) {
    const pdf = await PDFDocument.load(once, { updateMetadata: false });
    const snapshot = pdf.takeSnapshot();
    change(pdf);
    for (const [ref] of pdf.context.enumerateIndirectObjects()) snapshot.markRefForSave(ref);
    const found = await verify(Buffer.concat([once, await pdf.saveIncremental(snapshot)]));
    expect([index, failedOf(found.signatures[0]!.findings)]).toEqual([index, ['laterChangesAllowed']]);
  }
});

test('a document that was written anew still has the original’s pages', async () => {
  const anew = rewrite(otherAgreement, '--object-streams=generate', '--stream-data=uncompress');
  const found = await verify(anew, { original: otherAgreement, signatures: 0 });
  expect(failures(found)).toEqual([[]]);
  expect(found.startsWithOriginal).toBe(false);
});

/** What is found of the other agreement's pages. */
const judge = async (document: Uint8Array) => {
  const { findings } = await verify(document, { original: otherAgreement, signatures: 0 });
  return [findings.originalPagesKept, findings.originalPagesUnchanged];
};

test('pages that are left out, turned, drawn over or of another document are told', async () => {
  const stamp = room.folder.write('stamp.pdf', agreement);
  expect(await judge(rewrite(otherAgreement, '--pages', '.', '1-3', '--'))).toEqual([false, false]);
  expect(await judge(rewrite(otherAgreement, '--pages', '.', '2,1,3,4', '--'))).toEqual([false, false]);
  expect(await judge(rewrite(otherAgreement, '--rotate=90:1'))).toEqual([false, false]);
  // qpdf makes a picture of the page and draws that
  expect(await judge(rewrite(otherAgreement, '--overlay', stamp, '--'))).toEqual([false, false]);
  expect(await judge(agreement)).toEqual([false, false]);
});

/** What stands in `/Contents <…>` of a document's newest signature. */
const replaceCms = (document: Uint8Array, replace: (hex: string) => string): Buffer => {
  const text = Buffer.from(document).toString('latin1');
  const at = text.lastIndexOf('/Contents <') + '/Contents <'.length;
  const end = text.indexOf('>', at);
  const hex = replace(text.slice(at, end)).padEnd(end - at, '0');
  return Buffer.from(text.slice(0, at) + hex + text.slice(end), 'latin1');
};

test('a signature over something else that it carries inside is not one of the document', async () => {
  const { folder } = room;
  const [key, certificate, cms] = ['key.pem', 'cert.pem', 'cms.der'].map((name) => join(folder.path, name));
  const subject = ['-subj', '/CN=Otra', '-nodes', '-keyout', key!, '-out', certificate!, '-days', '1'];
  run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', ...subject);
  const mail = folder.write('mail.txt', 'lo que firmé fue un correo');
  const signed = ['-signer', certificate!, '-inkey', key!, '-outform', 'DER', '-out', cms!];
  run('openssl', 'cms', '-sign', '-nodetach', '-binary', '-in', mail, ...signed);
  const found = await verify(
    replaceCms(once, () => readFileSync(cms!).toString('hex')),
    { roots: undefined },
  );
  expect(found.signatures[0]!.findings).toMatchObject({ parsed: true, signatureValid: true, digestMatches: false });
});

const byValue = (one: boolean, other: boolean): number => Number(one) - Number(other);

const samples = new URL('../fixtures/pdfs/', import.meta.url);

test('every sample runs through, and its signatures hold where they do for poppler', async () => {
  const found = new Map<string, (boolean | undefined)[]>();
  const others = new Map<string, boolean[]>();
  for (const name of readdirSync(samples).filter((file) => file.endsWith('.pdf'))) {
    const document = readFileSync(new URL(name, samples));
    const verified = await verify(document, { original: document, signatures: 0, roots: undefined });
    expect([name, verified.findings.parsed]).toEqual([name, verified.fault === undefined]);
    if (name in refused) expect(verified.findings.parsed).toBe(false);
    if (verified.signatures.length === 0) continue;
    found.set(
      name,
      verified.signatures.map(({ findings }) => findings.signatureValid && findings.digestMatches).sort(byValue),
    );
    others.set(
      name,
      poppler(document)
        .map(({ valid }) => valid)
        .sort(byValue),
    );
  }
  expect(found.size).toBe(6);
  expect(found).toEqual(others);
});

test('a document that is encrypted is told as such', async () => {
  const { fault, findings } = await verify(fixture('libreoffice-writer-password'));
  expect([fault, findings.parsed]).toEqual(['document-encrypted', false]);
});
