import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../../test/embedded-signing.ts';
import { startCommand, verifyFiles } from '../../../test/operate.ts';
import { authority as authorityExtensions, issue, signatory } from '../../../test/pki/certificates.ts';
import { signData, stampToken } from '../../../test/pki/signed-data.ts';
import { refill } from '../../../test/pki/signed-pdf.ts';
import { agreement } from '../../../test/running-service.ts';
import {
  extractSignature,
  judgeSignatures,
  verifyChain,
  verifyCms,
  verifyTimeStampResponse,
} from '../../../test/tools.ts';
import { createEmbeddedConservation } from '#conservation/embedded.ts';
import { digestOf } from '#signing/digest.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../../test/fixtures/${name}`, import.meta.url));
const constancia = fixture('constancia-advantage-2018.asn1');

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let signed: { document: Uint8Array; keyCertificate: Uint8Array };
let files: Record<'signed' | 'original' | 'key' | 'constancia' | 'root', string>;

beforeAll(async () => {
  room = await startEmbeddedSigning();
  const { folder, authority } = room;
  signed = await room.provider.sign(createOrder(agreement));
  const { response } = await createEmbeddedConservation({ authority, now: () => new Date() }).conserve({
    digest: digestOf(signed.document),
    signingId: 'a-signing',
    identifier: 'CREDITO-7',
    artefacts: { 'signed-document': digestOf(signed.document), agreement: digestOf(agreement) },
  });
  files = {
    signed: folder.write('signed.pdf', signed.document),
    original: folder.write('original.pdf', agreement),
    key: folder.write('key.pem', signed.keyCertificate),
    constancia: folder.write('constancia.tsr', response),
    root: folder.write('authority.pem', authority.rootPem),
  };
});
afterAll(() => room.stop());

const everything = (): string[] => [
  files.signed,
  files.constancia,
  '--original',
  files.original,
  '--certificate',
  files.key,
  '--root',
  files.root,
];

test('what the service signs and conserves holds, and for poppler and openssl too', async () => {
  const { exitCode, stdout, stderr } = await startCommand(['verify', ...everything()]);
  expect(stderr).toBe('');
  expect(stdout).toContain('All that was judged holds.');
  expect(stdout).toMatch(/^signature 1 +timeStampToPinnedRoot +holds$/m);
  expect(stdout).toMatch(/^constancia +imprintMatches +holds$/m);
  expect(exitCode).toBe(0);
  const { folder, authority, store } = room;
  const { rootPem } = authority;
  expect(judgeSignatures(files.signed, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
  expect(verifyCms(folder, extractSignature(Buffer.from(signed.document)), rootPem).status).toBe(0);
  expect(verifyChain(folder, Buffer.from(signed.keyCertificate).toString(), rootPem).status).toBe(0);
  const stamped = { response: readFileSync(files.constancia), data: signed.document, rootPem };
  expect(verifyTimeStampResponse(folder, stamped).output).toContain('Verification: OK');
});

test('a byte changed in either fails, and says where', async () => {
  const pdf = Buffer.from(signed.document);
  pdf[pdf.lastIndexOf('/MediaBox') + 12]! ^= 1;
  const [, ...others] = everything();
  const altered = await verifyFiles(room.folder.write('altered.pdf', pdf), ...others);
  expect(altered).toMatchObject({ exitCode: 1 });
  expect(altered.stdout).toMatch(
    /^FAILS: document: originalPagesKept; .*signature 1: digestMatches; constancia: imprintMatches$/m,
  );
  const response = readFileSync(files.constancia);
  response[response.length - 1]! ^= 1;
  const odd = await verifyFiles(files.signed, room.folder.write('altered.tsr', response), '--root', files.root);
  expect(odd).toMatchObject({ exitCode: 1 });
  expect(odd.stdout).toMatch(/^FAILS: constancia: signatureValid$/m);
});

test('the real constancia holds in all but what it is of', async () => {
  const { exitCode, stdout } = await verifyFiles(files.signed, constancia, '--against', files.original, '--json');
  const { holds, 'conservation-certificate': conservationCertificate } = JSON.parse(stdout) as {
    holds: boolean;
    'conservation-certificate': { conserves: null; findings: object };
  };
  expect({ exitCode, holds, conserves: conservationCertificate.conserves }).toEqual({
    exitCode: 1,
    holds: false,
    conserves: null,
  });
  expect(conservationCertificate.findings).toMatchObject({
    granted: true,
    signatureValid: true,
    certificateValidAtGenTime: true,
    chainToPinnedRoot: true,
    policyRecognised: true,
    imprintMatches: false,
  });
});

/** Signed by whoever made an authority of their own, which calls itself and the signatory what ours does. */
const forge = async (): Promise<string> => {
  const other = await startEmbeddedSigning();
  const { document } = await other.provider.sign(createOrder(agreement));
  other.stop();
  return room.folder.write('forged.pdf', document);
};

test('a forged PDF is told apart from a trusted one by the true root alone, and without any root that is said first', async () => {
  const forged = await forge();
  const alone = await verifyFiles(forged);
  expect(alone).toMatchObject({ exitCode: 3, stderr: '' });
  expect(alone.stdout).toMatch(/^No root was given: this judged integrity only, not who signed\./);
  expect(alone.stdout).toContain('All that was judged holds; who signed was not.');
  const report = await verifyFiles(forged, '--json');
  expect(report).toMatchObject({ exitCode: 3 });
  expect(JSON.parse(report.stdout)).toMatchObject({ holds: true, anchored: false });
  const trusting = await verifyFiles(forged, '--root', files.root, '--json');
  expect(trusting).toMatchObject({ exitCode: 1 });
  expect(JSON.parse(trusting.stdout)).toMatchObject({ holds: false, anchored: true });
  const { exitCode, stdout } = await verifyFiles(files.signed, '--root', files.root);
  expect([exitCode, stdout.includes('No root')]).toEqual([0, false]);
});

test('without a root the chain of a signature is not judged, and that of a constancia fails', async () => {
  const { exitCode, stdout } = await verifyFiles(files.signed, files.constancia);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^No root was given/);
  expect(stdout).toMatch(/^signature 1 +chainToPinnedRoot +not judged$/m);
  expect(stdout).toMatch(/^FAILS: constancia: chainToPinnedRoot$/m);
});

test('an unsigned PDF, a rendering, and a key are called what they are', async () => {
  const unsigned = await verifyFiles(files.original);
  expect(unsigned).toMatchObject({ exitCode: 1 });
  expect(unsigned.stdout).toContain('The document is not signed. It has 1 pages.');
  const rendering = await verifyFiles(files.signed, files.original);
  expect(rendering).toMatchObject({ exitCode: 1 });
  expect(rendering.stdout).toContain('is no evidence');
  const keys = join(room.folder.path, 'authority.pem');
  expect((await verifyFiles(files.signed, '--certificate', keys)).stdout).toMatch(
    /^FAILS: key certificate: matchesSigner$/m,
  );
});

test('asked in a wrong way, or about a file that is not there, it says so', async () => {
  expect(await startCommand(['verify', '--rot', files.root])).toMatchObject({ exitCode: 2, stdout: '' });
  for (const wrong of [
    [],
    [files.signed, files.constancia, files.key],
    ['--rot', files.root],
    [files.signed, '--root', files.signed],
  ])
    expect(await verifyFiles(...wrong)).toMatchObject({ exitCode: 2, stdout: '' });
  const missing = await verifyFiles(join(room.folder.path, 'none.pdf'));
  expect(missing).toMatchObject({ exitCode: 2 });
  expect(missing.stderr).toContain('cannot be read');
});

const weakRoot = issue('Raíz de antes', { extensions: authorityExtensions() });
const weakSigner = issue('De antes', { issuer: weakRoot, key: 'rsa1024', extensions: signatory });
const signWeakly = (content: Buffer): Buffer => signData({ by: weakSigner, content });
const provider = issue('Prestador', { issuer: weakRoot, extensions: signatory });

test('what is weak fails, and is told where old documents are asked about', async () => {
  const old = room.folder.write('old.pdf', refill(signed.document, { sign: signWeakly }).document);
  const root = ['--root', room.folder.write('old-root.pem', weakRoot.pem)];
  const strict = await verifyFiles(old, ...root);
  expect(strict).toMatchObject({ exitCode: 1 });
  expect(strict.stdout).toMatch(/^ {2}weak: an RSA key of 1024 bits$/m);
  expect(strict.stdout).toMatch(/^FAILS: document: signaturesHold; signature 1: algorithmsStrong$/m);
  const asked = await verifyFiles(old, ...root, '--legacy');
  expect(asked).toMatchObject({ exitCode: 0 });
  expect(asked.stdout).toMatch(/^ {2}weak: an RSA key of 1024 bits$/m);
  expect(asked.stdout).toMatch(/^signature 1 +algorithmsStrong +not judged$/m);
  expect(await verifyFiles(old, '--legacy')).toMatchObject({ exitCode: 3 });
});

test('who stamps times and is no authority for that is called so, unless the root is a provider’s', async () => {
  const response = stampToken({ by: provider, of: Buffer.from(signed.document) });
  const given = [files.signed, room.folder.write('psc.tsr', response), '--policy', '1.3.6.1.4.1.55555.'];
  const pem = room.folder.write('psc.pem', weakRoot.pem);
  const stranger = await verifyFiles(...given, '--root', files.root, '--root', pem);
  expect(stranger).toMatchObject({ exitCode: 1 });
  expect(stranger.stdout).toMatch(/^It is not by a time-stamp authority\.$/m);
  expect(stranger.stdout).toMatch(/^FAILS: constancia: extendedKeyUsage$/m);
  expect(await verifyFiles(...given, '--root', files.root, '--psc-root', pem)).toMatchObject({ exitCode: 0 });
  // and alone it says of nobody's signature whose it is
  expect(await verifyFiles(...given, '--psc-root', pem)).toMatchObject({ exitCode: 3 });
});

test('a root may be DER, and a file may hold several; without one nothing ends with 0', async () => {
  const der = room.folder.write('root.der', new X509Certificate(readFileSync(files.root)).raw);
  expect(await verifyFiles(files.signed, '--root', der)).toMatchObject({ exitCode: 0 });
  const both = room.folder.write('both.pem', weakRoot.pem + readFileSync(files.root, 'utf8'));
  expect(await verifyFiles(files.signed, '--root', both)).toMatchObject({ exitCode: 0 });
  const nothing = room.folder.write('none.pem', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n');
  for (const option of ['--root', '--psc-root'])
    expect(await verifyFiles(files.signed, option, nothing)).toMatchObject({ exitCode: 2 });
  const [, constancia, ...options] = everything();
  const withoutRoot = options.slice(0, -2);
  for (const more of [[], ['--json'], ['--legacy'], ['--psc-root', files.root]])
    expect((await verifyFiles(files.signed, ...withoutRoot, ...more)).exitCode).toBe(3);
  expect(await verifyFiles(files.signed, constancia!, ...withoutRoot, '--psc-root', files.root)).toMatchObject({
    exitCode: 3,
  });
});

test('what a name holds that a terminal obeys is not printed', async () => {
  const odd = Buffer.from(signed.document)
    .toString('latin1')
    .replaceAll('/T <FEFF', '/T <001B')
    .replaceAll('/T <feff', '/T <001b');
  const { stdout } = await verifyFiles(room.folder.write('odd.pdf', Buffer.from(odd, 'latin1')));
  expect(stdout).toContain('signature 1 (');
  expect(stdout).not.toContain('\u001B');
});

test('what a document holds that may show something else is told, whatever was judged', async () => {
  const path = fileURLToPath(new URL('../../../test/fixtures/cases/needap.pdf', import.meta.url));
  const text = await verifyFiles(path);
  expect(text.stdout).toContain('The document holds: appearances-differ (page 1, object 6; page 1, object 7).\n');
  const { document } = JSON.parse((await verifyFiles(path, '--json')).stdout) as { document: { found: object[] } };
  expect(document.found).toContainEqual({ finding: 'need-appearances', places: [{ object: 1 }] });
});
