import { createHash, generateKeyPairSync } from 'node:crypto';
import { equalBytes } from '@tu-esign/verifier/bytes.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { readKeyBits } from '@tu-esign/verifier/certificates/public-key.ts';
import { createSigner, type Signer } from '#asn1/signer.ts';
import { createCertificate } from '#authority/create-certificate.ts';
import { authorityName } from '#authority/name.ts';
import { profiles } from '#authority/profiles.ts';
import type { Issuer } from './list-maker.ts';
import type { AskedCertificate } from './status-request.ts';

/** Digests by which clients name an issuer. */
const digests = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Whether somebody asks of a certificate by this issuer. */
export const isBy = ({ digestAlgorithm, issuerName, issuerKey }: AskedCertificate, issuer: Certificate): boolean => {
  const name = digests.get(digestAlgorithm);
  if (name === undefined) return false;
  const digest = (bytes: Uint8Array) => createHash(name).update(bytes).digest();
  return equalBytes(digest(readKeyBits(issuer.publicKey)), issuerKey) && equalBytes(digest(issuer.subject), issuerName);
};

export interface Responder {
  certificate: Certificate;
  signer: Signer;
}

const hour = 3_600_000;
/** So often a new key is made, which holds for twice as long as any answer by it. */
const renewedAfterMs = 24 * hour;
const heldForMs = 3 * renewedAfterMs;

const certify = async ({ certificate, signer }: Issuer, organization: string, now: Date): Promise<Responder> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const responder = await createCertificate({
    subject: authorityName(organization, 'estado de certificados local, no acreditado'),
    publicKey,
    notBefore: new Date(Math.max(now.getTime() - hour / 12, certificate.notBefore.getTime())),
    notAfter: new Date(Math.min(now.getTime() + heldForMs, certificate.notAfter.getTime())),
    extensions: profiles.responder,
    issuer: certificate,
    signer,
  });
  return { certificate: responder, signer: createSigner(privateKey) };
};

/** Answers for an issuer with a key that is in this process alone, and is another each day: there is nothing to revoke. */
export const createResponder = (
  issuer: Issuer,
  { organization, now }: { organization: string; now: () => Date },
): (() => Promise<Responder>) => {
  let kept: { madeAt: number; responder: Promise<Responder> } | undefined;
  return () => {
    const at = now();
    if (kept && Math.abs(at.getTime() - kept.madeAt) <= renewedAfterMs) return kept.responder;
    const responder = certify(issuer, organization, at);
    kept = { madeAt: at.getTime(), responder };
    // What holds the issuer's key may be away for a moment: whoever asks next asks it anew.
    responder.catch(() => (kept = undefined));
    return responder;
  };
};
