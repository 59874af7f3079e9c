import type { FileStore } from '#files/file-store.ts';
import { bearerProblems, requireSigningToken, type BearerDeps } from '#http/request/bearer.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { inputKey } from '#signing/signing.ts';

export interface GetDocumentDeps extends BearerDeps {
  store: SigningStore;
  files: FileStore;
}

/** The element reads what the token's signatory is to sign: the agreement, or what those before have left of it. */
export const getDocument: Route<GetDocumentDeps> = {
  method: 'get',
  path: '/v1/documents/:digest',
  summary: 'Read the agreement to be signed',
  security: 'signing token',
  responses: { 200: { description: 'The agreement', content: { 'application/pdf': 'The agreement' } } },
  problems: [...bearerProblems, 'document-mismatch', 'document-not-found', ...sequenceProblems],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const { input } = await requireDocumentToSign(verified, deps);
    const { digest } = input;
    if (context.params['digest'] !== digest) throw new Problem('document-mismatch');
    const pdf = await deps.files.read(inputKey({ host: host.id, input }));
    if (!pdf) throw new Problem('document-not-found');
    const { identifier, jti } = token;
    const { position } = sequenceOf(token);
    // Evidence of what was shown is written before it is sent: where that fails, the document is not shown.
    await deps.store.insertShowing({ host: host.id, identifier, position, digest, jti });
    context.type = 'application/pdf';
    context.body = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  },
};
