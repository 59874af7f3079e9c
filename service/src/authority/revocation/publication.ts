import { issuerId } from '#authority/addresses.ts';
import type { OfflineRoot } from '#authority/offline/root-list.ts';
import { createListMaker, type CertificateListOf, type Issuer } from './list-maker.ts';
import { createResponder, isBy, type Responder } from './responder.ts';
import type { Revocations } from './revocations.ts';
import { readStatusRequest, type AskedCertificate, type StatusRequest } from './status-request.ts';
import { createRefusal, createStatusResponse, type CertificateStatus } from './status-response.ts';

/** What was asked of certificates, answered (RFC 6960). */
export interface StatusAnswer {
  /** DER OCSPResponse. */
  response: Uint8Array;
  /** Until when others may keep it; undefined where it is for one question alone. */
  kept: { thisUpdate: Date; nextUpdate: Date } | undefined;
}

/** What the authority tells everybody of certificates. */
export interface Publication {
  /** An issuer's certificate, DER. */
  certificateOf(id: string): Uint8Array | undefined;
  listOf(id: string): Promise<CertificateListOf | undefined>;
  /** @param request DER OCSPRequest */
  answer(request: Uint8Array): Promise<StatusAnswer>;
}

export interface PublicationDeps {
  /** The one that issues now first; a root whose key is elsewhere has made its list there. */
  issuers: readonly (Issuer | OfflineRoot)[];
  organization: string;
  revocations: Revocations;
  now: () => Date;
}

const hour = 3_600_000;
/** An answer is believed for as long. */
const answeredForMs = 24 * hour;

interface Publisher {
  id: string;
  issuer: Pick<Issuer, 'certificate'>;
  readonly list: () => Promise<CertificateListOf>;
  /** Undefined where nobody can certify one. */
  readonly responder: (() => Promise<Responder>) | undefined;
}

/** Publishes lists of what each issuer has revoked, and answers what is asked of single certificates. */
export const createPublication = (
  deps: PublicationDeps,
): Publication & { listBy: (issuer: Pick<Issuer, 'certificate'>) => Promise<CertificateListOf> } => {
  const publishers = deps.issuers.map((issuer): Publisher => ({
    id: issuerId(issuer.certificate),
    issuer,
    list: 'list' in issuer ? async () => issuer.list : createListMaker(issuer, deps),
    responder: 'list' in issuer ? undefined : createResponder(issuer, deps),
  }));
  const byId = new Map(publishers.map((publisher) => [publisher.id, publisher]));
  return {
    certificateOf: (id) => byId.get(id)?.issuer.certificate.der,
    listOf: async (id) => byId.get(id)?.list(),
    listBy: ({ certificate }) => byId.get(issuerId(certificate))!.list(),
    async answer(der) {
      const request = tryRead(der);
      if (!request) return { response: createRefusal('malformed'), kept: undefined };
      return answerAs(choose(publishers, request), request, deps);
    },
  };
};

const tryRead = (der: Uint8Array): StatusRequest | undefined => {
  try {
    return readStatusRequest(der);
  } catch {
    return undefined;
  }
};

/** Whoever issued the first of them that is ours; of others' certificates, the one that issues now says that it knows nothing. */
const choose = (publishers: readonly Publisher[], { certificates }: StatusRequest): Publisher =>
  publishers.find(({ issuer }) => certificates.some((asked) => isBy(asked, issuer.certificate))) ?? publishers[0]!;

const answerAs = async (
  { id, issuer, responder }: Publisher,
  { certificates, nonce }: StatusRequest,
  { revocations, now }: PublicationDeps,
): Promise<StatusAnswer> => {
  if (!responder) return { response: createRefusal('unauthorized'), kept: undefined };
  const thisUpdate = now();
  const nextUpdate = new Date(thisUpdate.getTime() + answeredForMs);
  const say = async (asked: AskedCertificate): Promise<CertificateStatus> => {
    if (!isBy(asked, issuer.certificate)) return { asked: asked.der, status: 'unknown', knownSince: undefined };
    const status = (await revocations.find(id, asked.serialNumber)) ?? 'good';
    return { asked: asked.der, status, knownSince: issuer.certificate.notBefore };
  };
  const statuses = await Promise.all(certificates.map(say));
  const by = await responder();
  const response = await createStatusResponse({ responder: by, statuses, nonce, thisUpdate, nextUpdate });
  return { response, kept: nonce ? undefined : { thisUpdate, nextUpdate } };
};
