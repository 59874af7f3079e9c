import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { Signer } from '#asn1/signer.ts';
import { issuerId } from '#authority/addresses.ts';
import { createCertificateList } from './certificate-list.ts';
import type { Revocation, Revocations } from './revocations.ts';

/** Who certifies, and signs lists of what was revoked of it. */
export interface Issuer {
  certificate: Certificate;
  signer: Signer;
}

export interface CertificateListOf {
  der: Uint8Array;
  thisUpdate: Date;
  nextUpdate: Date;
}

const hour = 3_600_000;
/** Somebody who keeps a list may be without the next one for as long. */
const heldForMs = 7 * 24 * hour;

/**
 * The hour that began last, so that all instances make one list; or when the last was revoked since then, for a list that
 * says something else is a later one; or the beginning of who signs it.
 */
const beginningOf = ({ notBefore }: Certificate, revoked: readonly Revocation[], now: Date): Date => {
  const told = revoked.map(({ registeredAt }) => registeredAt);
  return new Date(Math.max(Math.floor(now.getTime() / hour) * hour, notBefore.getTime(), ...told));
};

interface ListMakerDeps {
  revocations: Revocations;
  now: () => Date;
}

/** Makes an issuer's list anew each hour, and as soon as something is revoked. */
export const createListMaker = (
  { certificate, signer }: Issuer,
  { revocations, now }: ListMakerDeps,
): (() => Promise<CertificateListOf>) => {
  const id = issuerId(certificate);
  let kept: { key: string; list: Promise<CertificateListOf> } | undefined;
  const make = async (revoked: readonly Revocation[], thisUpdate: Date): Promise<CertificateListOf> => {
    const nextUpdate = new Date(thisUpdate.getTime() + heldForMs);
    const der = await createCertificateList({ issuer: certificate, signer, revoked, thisUpdate, nextUpdate });
    return { der, thisUpdate, nextUpdate };
  };
  return async () => {
    const revoked = await revocations.list(id);
    const thisUpdate = beginningOf(certificate, revoked, now());
    const key = `${thisUpdate.getTime()} ${revoked.length}`;
    if (kept?.key !== key) kept = { key, list: make(revoked, thisUpdate) };
    return kept.list;
  };
};
