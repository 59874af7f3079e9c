import { createPrivateKey, X509Certificate } from 'node:crypto';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner } from '#asn1/signer.ts';
import { createMember, rootKind, type Member } from '#authority/create-authority.ts';
import { createCertificateList } from '#authority/revocation/certificate-list.ts';
import type { Revocation } from '#authority/revocation/revocations.ts';
import { keysInFiles } from '#keys/custody/key-holder.ts';
import type { KeyAlgorithm } from '#keys/key-pair.ts';
import { KeysError } from '#keys/key-storage.ts';
import { listLabel } from './root-list.ts';

type Passphrase = string | undefined;

/** A root's key and certificate, as files have them. */
export interface RootFiles {
  /** PKCS #8 in PEM, encrypted where there is a passphrase. */
  key: string;
  certificate: string;
}

/** Makes a root that certifies on a machine of its own. */
export const createRoot = async (
  { organization, algorithm }: { organization: string; algorithm: KeyAlgorithm },
  now: Date,
  passphrase: Passphrase,
): Promise<RootFiles> => {
  const { certificate, text } = await createMember({ holder: keysInFiles, algorithm, organization, now, ...rootKind });
  return { key: passphrase === undefined ? text : encrypt(text, passphrase), certificate: toPem(certificate.der) };
};

const encrypt = (key: string, passphrase: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });

/** @throws KeysError where key and passphrase, or key and certificate, do not fit */
export const openRootFiles = ({ key, certificate }: RootFiles, passphrase: Passphrase): Member => {
  const privateKey = openKey(key, passphrase);
  const x509 = readX509(certificate);
  if (!x509.checkPrivateKey(privateKey)) throw new KeysError("the root's key and its certificate do not match");
  const signer = createSigner(privateKey);
  return { certificate: readCertificate(fromPem(certificate)), signer, ends: x509.validToDate };
};

const readX509 = (pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new KeysError("the root's certificate cannot be read", { cause });
  }
};

const openKey = (key: string, passphrase: Passphrase) => {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch (cause) {
    const isEncrypted = key.includes('ENCRYPTED');
    const wrong = passphrase === undefined ? 'is encrypted: name its passphrase' : 'does not open with this passphrase';
    throw new KeysError(`the root's key ${isEncrypted ? wrong : 'cannot be read'}`, { cause });
  }
};

const day = 24 * 3_600_000;

/** A list of what the root has revoked, which holds until somebody has come back to make another; PEM. */
export const createRootList = async (
  { certificate, signer, ends }: Member,
  { revoked, now, days }: { revoked: readonly Revocation[]; now: Date; days: number },
): Promise<string> => {
  const thisUpdate = new Date(Math.max(now.getTime(), certificate.notBefore.getTime()));
  const nextUpdate = new Date(Math.min(now.getTime() + days * day, ends.getTime()));
  const der = await createCertificateList({ issuer: certificate, signer, revoked, thisUpdate, nextUpdate });
  return toPem(der, listLabel);
};
