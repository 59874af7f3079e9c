import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuerId } from '#authority/addresses.ts';
import { keyAlgorithms } from '#keys/key-pair.ts';
import { createOrder, startEmbeddedSigning } from './embedded-signing.ts';
import { operate, verifyFiles } from './operate.ts';
import { agreement } from './running-service.ts';
import {
  extractSignature,
  extractTimeStamp,
  faultsOf,
  judgePersons,
  run,
  verifyChain,
  verifyCms,
  verifyTimeStampToken,
} from './tools.ts';

/** What others say of signatures with keys of every kind. */
const kinds = [
  ['P-384', 'P-384'],
  ['RSA-3072', 'RSA-3072'],
  ['P-384', 'P-256'],
  ['P-256', 'RSA-3072'],
] as const;

const types = { 'P-256': 'ec prime256v1', 'P-384': 'ec secp384r1', 'RSA-3072': 'rsa 3072' };
const typeOf = (pem: string): string => {
  const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(pem).publicKey;
  return `${asymmetricKeyType} ${asymmetricKeyDetails?.namedCurve ?? asymmetricKeyDetails?.modulusLength}`;
};

const longName = 'Ñandú Łucja '.repeat(8).trim();

describe.each(kinds)('an authority of %s and signatories’ keys of %s', (algorithm, signatoryKeys) => {
  let parts: Awaited<ReturnType<typeof startEmbeddedSigning>>;
  let document: string;
  let pem: string;
  beforeAll(async () => {
    parts = await startEmbeddedSigning(undefined, 'B-LTA', { algorithm, signatoryKeys });
    const signatory = { ...createOrder(agreement).signatory, givenName: longName, paternalSurname: longName };
    const signed = await parts.provider.sign(createOrder(agreement, { signatory }));
    document = parts.folder.write('signed.pdf', signed.document);
    pem = Buffer.from(signed.keyCertificate).toString();
  });
  afterAll(() => parts.stop());

  test('have certificates of their kind, and openssl accepts the chain with its lists', async () => {
    const { authority, folder } = parts;
    const [leaf = '', issuer = ''] = pem.split(/(?<=-----END.*\n)/);
    expect([leaf, issuer, authority.rootPem].map(typeOf)).toEqual([
      types[signatoryKeys],
      types[algorithm],
      types[algorithm],
    ]);
    expect(verifyChain(folder, pem, authority.rootPem)).toMatchObject({ status: 0 });
    const lists = await Promise.all(
      [issuer, authority.rootPem].map(async (one) => {
        const list = await authority.publication.listOf(issuerId(readCertificate(fromPem(one))));
        return run('openssl', 'crl', '-inform', 'DER', '-in', folder.write('list.der', list!.der)).output;
      }),
    );
    const anchors = folder.write('anchors.pem', authority.rootPem + lists.join(''));
    const paths = [folder.write('issuer.pem', issuer), folder.write('leaf.pem', leaf)];
    expect(
      run('openssl', 'verify', '-crl_check_all', '-CAfile', anchors, '-untrusted', ...(paths as [string, string])),
    ).toMatchObject({ status: 0 });
  });

  test('make documents that poppler, qpdf, openssl and our verifier hold to be signed', async () => {
    const { folder, store, authority } = parts;
    expect(judgePersons(document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
    expect(faultsOf(document)).toBe(0);
    const root = folder.write('root.pem', authority.rootPem);
    const judged = await verifyFiles(document, '--root', root, '--json');
    expect(judged).toMatchObject({ exitCode: 0 });
    expect(judged.stdout).toContain('B-LTA');
  });

  test('make CMS that openssl verifies, and not of another document', async () => {
    const { folder, authority } = parts;
    const first = extractSignature(firstRevision());
    expect(verifyCms(folder, first, authority.rootPem)).toMatchObject({ status: 0 });
    const covered = Buffer.from(first.covered);
    covered[100]! ^= 1;
    expect(verifyCms(folder, { ...first, covered }, authority.rootPem).status).not.toBe(0);
    const stamp = { ...(await extractTimeStamp(first)), rootPem: authority.rootPem };
    expect(verifyTimeStampToken(folder, stamp)).toMatchObject({ status: 0 });
    const wrong = { ...stamp, data: Buffer.from('something else') };
    expect(verifyTimeStampToken(folder, wrong).status).not.toBe(0);
  });

  /** Up to what the signatory signed: what lies behind is the archive's. */
  const firstRevision = (): Buffer => {
    const whole = readFileSync(document);
    const second = whole.lastIndexOf('/ByteRange');
    return whole.subarray(0, whole.lastIndexOf('%%EOF', second) + 6);
  };

  test('are answered for in OCSP', async () => {
    const { folder, authority } = parts;
    const [leaf = '', issuer = ''] = pem.split(/(?<=-----END.*\n)/);
    const asked = ['-issuer', folder.write('i.pem', issuer), '-cert', folder.write('l.pem', leaf)];
    const question = join(folder.path, 'question.der');
    run('openssl', 'ocsp', ...asked, '-no_nonce', '-reqout', question);
    const { response } = await authority.publication.answer(readFileSync(question));
    const root = folder.write('root.pem', authority.rootPem);
    const { output } = run('openssl', 'ocsp', ...asked, '-respin', folder.write('a.der', response), '-CAfile', root);
    expect(output).toMatch(/: good\n[^]*Response verify OK/);
  });
});

test.each(keyAlgorithms)('a root of its own may be of %s', async (kind) => {
  const { folder, stop } = await startEmbeddedSigning();
  const at = (name: string): string => join(folder.path, name);
  expect(await operate(['init-root', at(kind), '--keys', kind])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(typeOf(readFileSync(join(at(kind), 'root.pem'), 'utf8'))).toBe(types[kind]);
  expect(await operate(['init-root', at('x'), '--keys', 'DSA'])).toMatchObject({ exitCode: 2 });
  stop();
});
