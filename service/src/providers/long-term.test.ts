import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import type { PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../../test/embedded-signing.ts';
import { createEmbeddedProvider } from './embedded.ts';
import { extractSignature, faultsOf, judgeSignatures, run, verifyTimeStampToken } from '../../test/tools.ts';

const simple = readFileSync(new URL('../../test/fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  // A list of revoked certificates is made anew each hour: here it is always the same one.
  const started = new Date();
  signing = await startEmbeddedSigning(() => started, 'B-LTA');
});
afterAll(() => signing.stop());

const sign = async (document: Uint8Array, changes = {}): Promise<Buffer> =>
  Buffer.from((await signing.provider.sign(createOrder(document, changes))).document);

/** What the security store holds under a key. */
const stored = (document: Uint8Array, key: 'Certs' | 'CRLs' | 'OCSPs'): Uint8Array[] => {
  const { catalog } = openPdf(document, nodePorts);
  const list = arrayAt(dictAt(catalog, 'DSS')!, key)!;
  return list.members().map((_, index) => decodeStream(list.lookup(index) as PdfStream));
};

const pem = (label: string) => (der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;

test('poppler trusts the signature, and openssl the time-stamp over everything', async () => {
  const document = await sign(simple);
  const pdf = signing.folder.write('archived.pdf', document);
  expect(judgeSignatures(pdf, signing.store)).toMatchObject([
    { valid: true, trusted: true, total: false },
    { total: true },
  ]);
  expect(faultsOf(pdf)).toBe(0);
  const { cms, covered } = extractSignature(document);
  const stamped = { response: cms, data: covered, rootPem: signing.authority.rootPem };
  expect(verifyTimeStampToken(signing.folder, stamped).output).toContain('Verification: OK');
});

test('the store has a list of each authority, by which openssl checks the chain it stored', async () => {
  const document = await sign(simple);
  const [leaf, issuing] = stored(document, 'Certs').map(pem('CERTIFICATE')) as [string, string];
  const lists = stored(document, 'CRLs').map(pem('X509 CRL')).join('');
  const anchors = signing.folder.write('anchors.pem', signing.authority.rootPem + lists);
  const chain = ['-untrusted', signing.folder.write('issuing.pem', issuing), signing.folder.write('leaf.pem', leaf)];
  const checked = run('openssl', 'verify', '-crl_check_all', '-CAfile', anchors, ...chain);
  expect(checked).toMatchObject({ status: 0 });
});

test('the store says of the certificate that it was good once it had signed, for an hour, as openssl judges', async () => {
  const document = await sign(simple);
  const [leaf, issuing] = stored(document, 'Certs').map(pem('CERTIFICATE')) as [string, string];
  const [response, ...more] = stored(document, 'OCSPs');
  expect(more).toEqual([]);
  const files = {
    leaf: signing.folder.write('leaf.pem', leaf),
    issuing: signing.folder.write('issuing.pem', issuing),
    root: signing.folder.write('root.pem', signing.authority.rootPem),
  };
  const asked = ['-sha256', '-issuer', files.issuing, '-cert', files.leaf];
  const trusted = ['-CAfile', files.root, '-verify_other', files.issuing];
  const answer = ['-respin', signing.folder.write('status.der', Buffer.from(response!)), '-no_nonce', '-resp_text'];
  const { output, status } = run('openssl', 'ocsp', ...asked, ...trusted, ...answer);
  expect(status).toBe(0);
  expect(output).toContain('Response verify OK');
  expect(output).toContain('leaf.pem: good');
  const [from, to] = ['This', 'Next'].map((word) => Date.parse(new RegExp(`${word} Update: (.+)`).exec(output)![1]!));
  expect(to! - from!).toBe(3_600_000);
});

test('all signatures hold for our verifier, in twenty years too, and nothing was done that they do not allow', async () => {
  const document = await sign(simple);
  const roots = [signing.authority.rootPem];
  for (const years of [0, 20]) {
    const now = new Date(Date.now() + years * 365.25 * 24 * 3_600_000);
    const { findings, signatures } = await verifyDocument({ document, original: simple, roots, now }, nodePorts);
    expect(Object.values(findings)).not.toContain(false);
    expect(signatures.map(({ kind, level }) => [kind, level])).toEqual([
      ['signature', 'B-LTA'],
      ['time-stamp', null],
    ]);
  }
});

test('of several signatories, the last one’s document is archived, once', async () => {
  const once = await sign(simple, { position: 1, of: 3 });
  const twice = await sign(once, { position: 2, of: 3 });
  const thrice = await sign(twice, { position: 3, of: 3 });
  const pdf = signing.folder.write('three.pdf', thrice);
  expect(judgeSignatures(signing.folder.write('two.pdf', twice), signing.store)).toHaveLength(2);
  const judged = judgeSignatures(pdf, signing.store);
  expect(judged).toHaveLength(4);
  for (const one of judged.slice(0, 3)) expect(one).toMatchObject({ valid: true, trusted: true });
});

test('a store that is there keeps what it has, and has nothing twice', async () => {
  const first = await sign(simple);
  const again = await sign(first);
  const [before, after] = [stored(first, 'Certs'), stored(again, 'Certs')];
  expect(after.slice(0, before.length).map((der) => Buffer.from(der))).toEqual(before.map((der) => Buffer.from(der)));
  // The second signatory's certificate; authorities, root and responder are there already.
  expect(after).toHaveLength(before.length + 1);
  expect(stored(again, 'CRLs')).toHaveLength(stored(first, 'CRLs').length);
  expect(stored(again, 'OCSPs')).toHaveLength(2);
});

test.each([
  ['B-B', 'B-B', { trusted: true, total: true }],
  ['B-T', 'B-T', { trusted: true, total: true }],
  ['B-LT', 'B-LT', { trusted: true, total: false }],
  ['B-LTA', 'B-LTA', { trusted: true, total: false }],
] as const)('at %s the signature is found to be %s, and holds for poppler and qpdf', async (asked, found, expected) => {
  const { engine, authority, folder, store } = signing;
  const provider = createEmbeddedProvider({ engine, authority, now: () => new Date(), level: asked });
  const { document } = await provider.sign(createOrder(simple));
  const pdf = folder.write(`${asked}.pdf`, document);
  expect(judgeSignatures(pdf, store)[0]).toMatchObject({ valid: true, ...expected });
  expect(faultsOf(pdf)).toBe(0);
  const roots = [authority.rootPem];
  const { findings, signatures } = await verifyDocument(
    { document, original: simple, roots, now: new Date() },
    nodePorts,
  );
  expect(Object.values(findings)).not.toContain(false);
  expect(signatures[0]).toMatchObject({ kind: 'signature', level: found });
  expect(signatures).toHaveLength(asked === 'B-LTA' ? 2 : 1);
});

test('nobody but the last signatory’s signature is without a time-stamp where the level is B-B', async () => {
  const { engine, authority } = signing;
  const provider = createEmbeddedProvider({ engine, authority, now: () => new Date(), level: 'B-B' });
  const once = await provider.sign(createOrder(simple, { position: 1, of: 2 }));
  const { document } = await provider.sign(createOrder(once.document, { position: 2, of: 2 }));
  const { signatures } = await verifyDocument({ document, roots: [authority.rootPem], now: new Date() }, nodePorts);
  expect(signatures.map(({ level }) => level)).toEqual(['B-B', 'B-B']);
});
