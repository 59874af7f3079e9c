import { SigningRequestView, timeZone, type Place, type SignaturePlace } from '@tu-esign/contract';
import { bearerProblems, requireSigningToken, type BearerDeps } from '#http/request/bearer.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import { findOwnSigning } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { ViewOf } from '#records/views.ts';
import { currentConsents, hostConsentsOf } from '#signing/consent.ts';
import type { DraftKeyOf } from '#signing/draft-key.ts';
import { placeOf, policyOf } from '#signing/request.ts';
import { sequenceOf } from '#signing/sequence.ts';

export interface GetSigningRequestDeps extends BearerDeps {
  store: SigningStore;
  readonly draftKeyOf: DraftKeyOf;
  readonly viewOf: ViewOf;
  /** How a signature is laid into its place. */
  readonly inkOf: (size: Pick<SignaturePlace, 'width' | 'height'>) => Place['ink'];
  limits: { autographBytes: number; autographPixels: number };
}

/** All the element needs for a visit; after a lost answer to a post, also what became of it. */
export const getSigningRequest: Route<GetSigningRequestDeps> = {
  method: 'get',
  path: '/v1/signing-request',
  summary: 'Read what the token asks to be signed, and how far that is',
  security: 'signing token',
  responses: { 200: { description: 'The request', content: { 'application/json': SigningRequestView } } },
  problems: [...bearerProblems, 'document-not-found', ...sequenceProblems],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const document = await deps.store.findDocument(host.id, token.document.digest);
    if (!document) throw new Problem('document-not-found');
    const signing = await findOwnSigning(verified, deps);
    const { input, document: left } = await requireDocumentToSign(verified, deps);
    const { bytes, pages = document.pages } = left ?? document;
    const { autographBytes, autographPixels } = deps.limits;
    const found = left ? null : document.signaturePlace;
    // Other providers place the signature in a way of their own.
    const signaturePlace = host.provider === 'embedded' ? placeOf(token, { pages, found }) : undefined;
    context.body = {
      identifier: token.identifier,
      host: { name: host.name, ...(host.contact && { contact: host.contact }) },
      document: { ...token.document, digest: input.digest, bytes, pages },
      signatory: token.signatory,
      sequence: sequenceOf(token),
      policy: policyOf(token),
      ...(signaturePlace && { signaturePlace }),
      places: signaturePlace ? [toPlace(signaturePlace, deps)] : [],
      timeZone,
      ...(token.locale && { locale: token.locale }),
      consents: currentConsents(),
      hostConsents: hostConsentsOf(token),
      limits: { autographBytes, autographPixels },
      draftKey: await deps.draftKeyOf(host.id, token),
      signing: signing ? await deps.viewOf(signing) : null,
    } satisfies SigningRequestView;
  },
};

const toPlace = (place: SignaturePlace, { inkOf }: Pick<GetSigningRequestDeps, 'inkOf'>): Place => {
  const ink = inkOf(place);
  return { kind: 'signature', ...place, ink: { ...ink, x: place.x + ink.x, y: place.y + ink.y } };
};
