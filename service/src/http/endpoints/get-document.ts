import { Problem } from '#problem.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { givenKey } from '#signing/signing.ts';
import { bearerProblems, requireSigningToken } from '#http/bearer.ts';
import type { Route } from '#http/route.ts';
import { requireTurn, turnProblems } from '#http/turn.ts';

/** The element reads the agreement its token names, as those before have signed it; that it was shown is evidence, without which it is not shown. */
export const getDocument: Route = {
  method: 'get',
  path: '/v1/documents/:digest',
  summary: 'Read the agreement to be signed',
  security: 'signing token',
  responses: { 200: { description: 'The agreement', content: { 'application/pdf': 'The agreement' } } },
  problems: [...bearerProblems, 'document-mismatch', 'document-not-found', ...turnProblems],
  async handle(context, services) {
    const verified = await requireSigningToken(context, services);
    const { host, token } = verified;
    const { given } = await requireTurn(verified, services);
    const { digest } = given;
    if (context.params['digest'] !== digest) throw new Problem('document-mismatch');
    const pdf = await services.files.read(givenKey({ host: host.id, given }));
    if (!pdf) throw new Problem('document-not-found');
    const { identifier, jti } = token;
    const { position } = sequenceOf(token);
    await services.store.insertShowing({ host: host.id, identifier, position, digest, jti });
    context.type = 'application/pdf';
    context.body = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  },
};
