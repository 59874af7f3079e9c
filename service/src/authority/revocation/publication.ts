import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { issuerId } from '#authority/addresses.ts';
import type { OfflineRoot } from '#authority/offline/root-list.ts';
import { askOf } from './certificate-id.ts';
import { createListMaker, type CertificateListOf, type Issuer } from './list-maker.ts';
import { createResponder, isBy } from './responder.ts';
import type { Revocations } from './revocations.ts';
import { sayStatus, type Publisher } from './say-status.ts';
import { readStatusRequest, type StatusRequest } from './status-request.ts';
import { createRefusal } from './status-response.ts';

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
/** One that goes into a document tells of that moment, and must not be read as if of a time when the certificate has ended. */
const storedForMs = hour;

/** What goes into a document; DER. */
export interface StoredStatus {
  response: Uint8Array;
  /** Certificate of who says it. */
  responder: Uint8Array;
}

/** What the authority itself needs besides. */
export interface OwnPublication extends Publication {
  listBy(issuer: Pick<Issuer, 'certificate'>): Promise<CertificateListOf>;
  hasRevoked(issuer: Pick<Issuer, 'certificate'>): Promise<boolean>;
  /** @returns undefined where nobody can certify a responder */
  statusOf(certificate: Certificate, issuer: Certificate): Promise<StoredStatus | undefined>;
}

/** Publishes lists of what each issuer has revoked, and answers what is asked of single certificates. */
export const createPublication = (deps: PublicationDeps): OwnPublication => {
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
    hasRevoked: async ({ certificate }) => (await deps.revocations.list(issuerId(certificate))).length > 0,
    async statusOf(certificate, issuer) {
      const request = { certificates: [askOf(certificate, issuer)], nonce: undefined };
      const said = await sayStatus(byId.get(issuerId(issuer))!, request, { ...deps, heldForMs: storedForMs });
      return said && { response: said.response, responder: said.by };
    },
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

const answerAs = async (publisher: Publisher, request: StatusRequest, deps: PublicationDeps): Promise<StatusAnswer> => {
  const said = await sayStatus(publisher, request, { ...deps, heldForMs: answeredForMs });
  if (!said) return { response: createRefusal('unauthorized'), kept: undefined };
  const { response, thisUpdate, nextUpdate } = said;
  return { response, kept: request.nonce ? undefined : { thisUpdate, nextUpdate } };
};
