import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { createSigner } from '#asn1/signer.ts';
import { createFolder, run } from '../../../test/tools.ts';
import type { RevocationReason } from '@tu-esign/contract';
import { createAuthorityFiles } from '#authority/create-authority.ts';
import { createCertificateList } from './certificate-list.ts';
import { toSerialNumber } from './revocations.ts';

const folder = createFolder();
afterAll(() => folder.remove());

let files: Record<string, string>;
beforeAll(async () => {
  files = await createAuthorityFiles('Casa', new Date());
});

/** The root's list, in which its issuing authority is revoked, or nobody is. */
const writeList = async (reason?: RevocationReason): Promise<string> => {
  const serialNumber = toSerialNumber(Buffer.from(new X509Certificate(files['issuing.pem']!).serialNumber, 'hex'));
  const revokedAt = Date.now() - 60_000;
  const list = await createCertificateList({
    issuer: readCertificate(fromPem(files['root.pem']!)),
    signer: createSigner(createPrivateKey(files['root.key.pem']!)),
    revoked: reason ? [{ serialNumber, revokedAt, reason, registeredAt: revokedAt }] : [],
    thisUpdate: new Date(Date.now() - 60_000),
    nextUpdate: new Date(Date.now() + 3_600_000),
  });
  return folder.write('list.der', list);
};

const readList = (list: string) => run('openssl', 'crl', '-inform', 'DER', '-in', list, '-noout', '-text').output;

const checkIssuing = (list: string) => {
  const pem = run('openssl', 'crl', '-inform', 'DER', '-in', list).output;
  const anchors = folder.write('anchors.pem', files['root.pem']! + pem);
  return run('openssl', 'verify', '-crl_check', '-CAfile', anchors, folder.write('issuing.pem', files['issuing.pem']!));
};

test('openssl believes a list by its issuer’s signature, and a certificate that is not in it', async () => {
  const list = await writeList();
  const root = folder.write('root.pem', files['root.pem']!);
  expect(run('openssl', 'crl', '-inform', 'DER', '-in', list, '-CAfile', root, '-noout').output).toContain('verify OK');
  expect(readList(list)).toContain('No Revoked Certificates');
  expect(checkIssuing(list)).toMatchObject({ status: 0 });
});

test('openssl refuses a certificate that is in it, and reads why', async () => {
  const list = await writeList('key-compromise');
  expect(readList(list)).toMatch(/CRL Reason Code:\s+Key Compromise/);
  expect(checkIssuing(list).output).toContain('certificate revoked');
});

test('a reason that says nothing is left out', async () => {
  expect(readList(await writeList('unspecified'))).not.toContain('Reason Code');
});
