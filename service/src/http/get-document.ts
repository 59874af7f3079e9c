import { Problem } from '#problem.ts';
import { documentKey } from '#signing/signing.ts';
import { bearerProblems, requireSigningToken } from './bearer.ts';
import type { Route } from './route.ts';

/** The element reads the agreement its token names; that it was shown is evidence, without which it is not shown. */
export const getDocument: Route = {
  method: 'get',
  path: '/v1/documents/:digest',
  summary: 'Read the agreement to be signed',
  security: 'signing token',
  responses: { 200: { description: 'The agreement', content: { 'application/pdf': 'The agreement' } } },
  problems: [...bearerProblems, 'document-mismatch', 'document-not-found'],
  async handle(context, services) {
    const { host, token } = await requireSigningToken(context, services);
    const { digest } = token.document;
    if (context.params['digest'] !== digest) throw new Problem('document-mismatch');
    const pdf = await services.files.read(documentKey(host.id, digest));
    if (!pdf) throw new Problem('document-not-found');
    await services.store.insertShowing({ host: host.id, identifier: token.identifier, digest, jti: token.jti });
    context.type = 'application/pdf';
    context.body = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  },
};
