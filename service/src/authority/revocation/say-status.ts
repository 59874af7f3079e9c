import type { CertificateListOf, Issuer } from './list-maker.ts';
import { isBy, type Responder } from './responder.ts';
import type { Revocations } from './revocations.ts';
import type { AskedCertificate, StatusRequest } from './status-request.ts';
import { createStatusResponse, type CertificateStatus } from './status-response.ts';

export interface Publisher {
  id: string;
  issuer: Pick<Issuer, 'certificate'>;
  readonly list: () => Promise<CertificateListOf>;
  /** Undefined where nobody can certify one. */
  readonly responder: (() => Promise<Responder>) | undefined;
}

interface SayingDeps {
  revocations: Revocations;
  now: () => Date;
  /** For as long it is believed. */
  heldForMs: number;
}

/** What an issuer says of certificates, now, and who says it for it; undefined where nobody can. */
export const sayStatus = async (
  { id, issuer, responder }: Publisher,
  { certificates, nonce }: StatusRequest,
  { revocations, now, heldForMs }: SayingDeps,
) => {
  if (!responder) return undefined;
  const thisUpdate = now();
  const nextUpdate = new Date(thisUpdate.getTime() + heldForMs);
  const say = async (asked: AskedCertificate): Promise<CertificateStatus> => {
    if (!isBy(asked, issuer.certificate)) return { asked: asked.der, status: 'unknown', knownSince: undefined };
    const status = (await revocations.find(id, asked.serialNumber)) ?? 'good';
    return { asked: asked.der, status, knownSince: issuer.certificate.notBefore };
  };
  const statuses = await Promise.all(certificates.map(say));
  const by = await responder();
  const response = await createStatusResponse({ responder: by, statuses, nonce, thisUpdate, nextUpdate });
  return { response, by: by.certificate.der, thisUpdate, nextUpdate };
};
