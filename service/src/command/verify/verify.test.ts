import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../../test/embedded-signing.ts';
import { startCommand, verifyFiles } from '../../../test/operate.ts';
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
  const { exitCode, stdout, stderr } = await startCommand('verify', everything());
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
  const { holds, conservationCertificate } = JSON.parse(stdout) as {
    holds: boolean;
    conservationCertificate: { conserves: null; findings: object };
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
  await other.stop();
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
  expect(await startCommand('verify', ['--rot', files.root])).toMatchObject({ exitCode: 2, stdout: '' });
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
