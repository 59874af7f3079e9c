import { SigningRequestView, timeZone, type Place, type SignaturePlace } from '@tu-esign/contract';
import { bearerProblems, requireSigningToken, toAskingHost, type BearerDeps } from '#http/request/bearer.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import { placeProblems, type PlacesOf } from '#http/request/places.ts';
import { findOwnSigning } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { ViewOf } from '#records/views.ts';
import { currentConsents, hostConsentsOf } from '#signing/consent.ts';
import type { DraftKeyOf } from '#signing/draft-key.ts';
import { policyOf } from '#signing/request.ts';
import { sequenceOf } from '#signing/sequence.ts';

export interface GetSigningRequestDeps extends BearerDeps {
  store: SigningStore;
  readonly draftKeyOf: DraftKeyOf;
  readonly viewOf: ViewOf;
  readonly placesOf: PlacesOf;
  limits: { autographBytes: number; autographPixels: number };
}

/** All the element needs for a visit; after a lost answer to a post, also what became of it. */
export const getSigningRequest: Route<GetSigningRequestDeps> = {
  method: 'get',
  path: '/v1/signing-request',
  summary: 'Read what the token asks to be signed, and how far that is',
  security: 'signing token',
  responses: { 200: { description: 'The request', content: { 'application/json': SigningRequestView } } },
  problems: [...bearerProblems, 'document-not-found', ...placeProblems, ...sequenceProblems],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const document = await deps.store.findDocument(host.id, token.document.digest);
    if (!document) throw new Problem('document-not-found');
    const signing = await findOwnSigning(verified, deps);
    const { input, document: left } = await requireDocumentToSign(verified, deps);
    const { bytes, pages = document.pages } = left ?? document;
    const { autographBytes, autographPixels } = deps.limits;
    const places = await orNone(deps.placesOf(verified, { agreement: document, input }), signing !== undefined);
    const signaturePlace = signatureAmong(places);
    context.body = {
      identifier: token.identifier,
      host: toAskingHost(host),
      document: { ...token.document, digest: input.digest, bytes, pages },
      signatory: token.signatory,
      sequence: sequenceOf(token),
      policy: policyOf(token),
      ...(signaturePlace && { signaturePlace }),
      places: [...places],
      timeZone,
      ...(token.locale && { locale: token.locale }),
      consents: currentConsents(host.name),
      hostConsents: hostConsentsOf(token),
      limits: { autographBytes, autographPixels },
      draftKey: await deps.draftKeyOf(host.id, token),
      signing: signing ? await deps.viewOf(signing) : null,
    } satisfies SigningRequestView;
  },
};

/** Where it is signed already, what is to be signed may be gone. */
const orNone = async (places: Promise<readonly Place[]>, isSigned: boolean): Promise<readonly Place[]> => {
  try {
    return await places;
  } catch (error) {
    if (isSigned && error instanceof Problem) return [];
    throw error;
  }
};

/** The first one of them that is a signature's, as a place by itself. */
const signatureAmong = (places: readonly Place[]): SignaturePlace | undefined => {
  const found = places.find(({ kind }) => kind === 'signature');
  return found && { page: found.page, x: found.x, y: found.y, width: found.width, height: found.height };
};
