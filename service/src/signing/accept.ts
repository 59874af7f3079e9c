import { randomUUID } from 'node:crypto';
import type {
  AutographMethod,
  Consent,
  DocumentFinding,
  Place,
  SigningRequest,
  SigningToken,
} from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { Autograph } from './autograph.ts';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { answeredConsents, findConsentText } from './consent.ts';
import { digestOf } from './digest.ts';
import type { Observation } from './evidence.ts';
import { sequenceOf } from './sequence.ts';
import type { InputDocument, Signing } from './signing.ts';

/** How the autograph was made: JSON as it came, of strokes where it was drawn. */
export interface Made {
  method: AutographMethod;
  json: string;
}

/** Which pages, and so which places, the element saw before the signatory's eyes. */
export interface Viewed {
  /** In order. */
  viewed: number[];
  pages: number;
  /** Where the signatory's autograph and initials go, as they were shown. */
  places?: readonly Place[];
}

/** What was drawn, typed or uploaded. */
export interface PostedInk {
  /** As it came. */
  png: Uint8Array;
  /** The same, as providers get it. */
  autograph: Autograph;
  made: Made;
}

/** What the element posts, after parsing. */
export interface Post extends PostedInk {
  /** Where there are places for them. */
  initials?: PostedInk | undefined;
  consent: Consent;
  /** Undefined where the element did not tell. */
  viewed?: Viewed | undefined;
}

/** A signing about to be inserted, with its first evidence. */
export interface Acceptance {
  signing: Signing;
  observations: Observation[];
}

/** Who signs what, as a verified token says it. */
export interface Visit {
  /** Id of the host in the service's configuration. */
  host: string;
  /** As the signatory was shown it. */
  hostName: string;
  token: SigningToken;
  input: InputDocument;
  /** What was found in the agreement when it was uploaded. */
  findings?: readonly DocumentFinding[] | null;
}

/** What is kept of a token: the signing request, without what concerns the token alone. */
const requestOf = (token: SigningToken): SigningRequest => {
  const { identifier, document, signatory, locale, placement, placements, initials, sequence, policy, consents } =
    token;
  return {
    identifier,
    document,
    signatory,
    ...(locale && { locale }),
    ...(placement && { placement }),
    ...(placements && { placements }),
    ...(initials && { initials }),
    ...(sequence && { sequence }),
    ...(policy && { policy }),
    ...(consents && { consents }),
  };
};

const tokenObservation = ({ token, input }: Visit): Observation => ({
  kind: 'token-accepted',
  data: {
    issuer: token.iss,
    tokenId: token.jti,
    issuedAt: token.iat,
    expires: token.exp,
    origin: token.origin,
    identifier: token.identifier,
    document: token.document.digest,
    ...(token.sequence && { ...sequenceOf(token), given: input.digest }),
  },
});

const newSigning = ({ host, token, input }: Visit, at: number) => ({
  id: randomUUID(),
  host,
  identifier: token.identifier,
  jti: token.jti,
  epoch: 0,
  attempts: 0,
  lookups: 0,
  createdAt: at,
  updatedAt: at,
  request: requestOf(token),
  input,
  takenAt: null,
  signedAt: null,
  outputs: {},
  standings: {},
  problem: null,
});

const digestMade = ({ method, json }: Made) =>
  method === 'draw' ? { strokesDigest: digestOf(json) } : { makingDigest: digestOf(json) };

/** Only the element was there, so that evidence calls it what the element has observed. */
const viewedObservation = ({ viewed, pages, places = [] }: Viewed): Observation => ({
  kind: 'pages-viewed',
  data: {
    viewed: rangesOf(viewed),
    pages,
    ...(places.length && { places: places.map((place) => toldPlace(place, viewed)) }),
    observedBy: 'element',
  },
});

const toldPlace = ({ kind, page, x, y, width, height }: Place, viewed: readonly number[]) => ({
  kind,
  page,
  x,
  y,
  width,
  height,
  viewed: viewed.includes(page),
});

/** Page numbers in order, as people write them: 1-3, 7. */
export const rangesOf = (pages: readonly number[]): string => {
  const ranges: { from: number; to: number }[] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last?.to === page - 1) last.to = page;
    else ranges.push({ from: page, to: page });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
};

/** What the host was told of the agreement, where there was anything to tell. */
const examinedObservations = ({ token, findings }: Visit): Observation[] =>
  findings?.length ? [{ kind: 'document-examined', data: { document: token.document.digest, findings } }] : [];

/** The service's own text; and what of the host's was ticked and what was not, each an act of its own. */
const consentObservations = ({ hostName, token }: Visit, consent: Consent): Observation[] => {
  const { locale, digest } = consent;
  const consents = answeredConsents(token, consent);
  return [
    { kind: 'consent-given', data: { locale, digest, text: findConsentText(consent, hostName) } },
    ...(consents.length ? [{ kind: 'host-consents-answered', data: { consents } } as const] : []),
  ];
};

const digestInk = ({ png, made }: PostedInk) => ({ pngDigest: digestOf(png), ...digestMade(made) });

const inkObserved = (ink: PostedInk) => ({
  method: ink.made.method,
  ...digestInk(ink),
  placedDigest: digestOf(ink.autograph.png),
});

/** Accepts the signatory's act. */
export const acceptSigning = (visit: Visit, post: Post, at: number): Acceptance => {
  const { consent, initials } = post;
  const digests = { ...digestInk(post), ...(initials && { initials: digestInk(initials) }) };
  const request = requestOf(visit.token);
  return {
    signing: {
      ...newSigning(visit, at),
      status: 'accepted',
      fingerprint: digestOf(canonicalJson({ request, consent, ...digests })),
      consent,
      declineReason: null,
    },
    observations: [
      tokenObservation(visit),
      ...examinedObservations(visit),
      ...(post.viewed ? [viewedObservation(post.viewed)] : []),
      ...consentObservations(visit, consent),
      {
        kind: 'autograph-received',
        data: { ...inkObserved(post), ...(initials && { initials: inkObserved(initials) }) },
      },
    ],
  };
};

/** Accepts that the signatory will not sign. */
export const acceptDecline = (visit: Visit, reason: string, at: number): Acceptance => ({
  signing: {
    ...newSigning(visit, at),
    status: 'declined',
    fingerprint: digestOf(canonicalJson({ request: requestOf(visit.token), declined: true })),
    consent: null,
    declineReason: reason,
  },
  observations: [tokenObservation(visit), { kind: 'declined', data: { reason } }],
});

/**
 * The same post again is the same signing; anything else under its identifier is refused.
 * @throws Problem already-signed, already-declined
 */
export const requireSamePost = (existing: Signing, post: Signing): Signing => {
  if (existing.fingerprint === post.fingerprint) return existing;
  throw new Problem(existing.status === 'declined' ? 'already-declined' : 'already-signed');
};
