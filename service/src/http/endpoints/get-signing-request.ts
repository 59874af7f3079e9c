import { SigningRequestView } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { currentConsents } from '#signing/consent.ts';
import { policyOf } from '#signing/policy.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { placeOf } from '#signing/signature-place.ts';
import { bearerProblems, findOwnSigning, requireSigningToken } from '#http/bearer.ts';
import type { Route } from '#http/route.ts';
import { requireTurn, turnProblems } from '#http/turn.ts';

/** All the element needs for a visit, and, after a lost answer, the truth. */
export const getSigningRequest: Route = {
  method: 'get',
  path: '/v1/signing-request',
  summary: 'Read what the token asks to be signed, and how far that is',
  security: 'signing token',
  responses: { 200: { description: 'The request', content: { 'application/json': SigningRequestView } } },
  problems: [...bearerProblems, 'document-not-found', ...turnProblems],
  async handle(context, services) {
    const verified = await requireSigningToken(context, services);
    const { host, token } = verified;
    const document = await services.store.findDocument(host.id, token.document.digest);
    if (!document) throw new Problem('document-not-found');
    const signing = await findOwnSigning(verified, services);
    const { given, document: left } = await requireTurn(verified, services);
    const { bytes, pages = document.pages } = left ?? document;
    const { autographBytes, autographPixels } = services.limits;
    const found = left ? null : document.signaturePlace;
    // Other providers have a way of their own.
    const signaturePlace = host.provider === 'embedded' ? placeOf(token, { pages, found }) : undefined;
    context.body = {
      identifier: token.identifier,
      host: { name: host.name },
      document: { ...token.document, digest: given.digest, bytes, pages },
      signatory: token.signatory,
      sequence: sequenceOf(token),
      policy: policyOf(token),
      ...(signaturePlace && { signaturePlace }),
      ...(token.locale && { locale: token.locale }),
      consents: currentConsents(),
      limits: { autographBytes, autographPixels },
      draftKey: services.draftKeyOf(host.id, token),
      signing: signing ? await services.viewOf(signing) : null,
    } satisfies SigningRequestView;
  },
};
