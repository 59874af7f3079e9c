import { bearerProblems, requireSigningToken, type BearerDeps } from '#http/request/bearer.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import { sandboxFile } from '#http/request/sandbox-file.ts';
import { readKept, type KeptFileDeps } from '#http/request/kept-file.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { inputKey, type InputDocument } from '#signing/signing.ts';

export interface GetDocumentDeps extends BearerDeps, KeptFileDeps {
  store: SigningStore;
}

/** The element reads what the token's signatory is to sign: the agreement, or what those before have left of it. */
export const getDocument: Route<GetDocumentDeps> = {
  method: 'get',
  path: '/v1/documents/:digest',
  summary: 'Read the agreement to be signed',
  security: 'signing token',
  responses: { 200: { description: 'The agreement', content: { 'application/pdf': 'The agreement' } } },
  problems: [...bearerProblems, 'document-mismatch', 'document-not-found', 'file-damaged', ...sequenceProblems],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const { input } = await requireDocumentToSign(verified, deps);
    const { digest } = input;
    if (context.params['digest'] !== digest) throw new Problem('document-mismatch');
    await requireUploaded(host.id, input, deps);
    const pdf = await readKept(inputKey({ host: host.id, input }), { host: host.id }, deps);
    const { identifier, jti } = token;
    const { position } = sequenceOf(token);
    // Evidence of what was shown is written before it is sent: where that fails, the document is not shown.
    await deps.store.insertShowing({ host: host.id, identifier, position, digest, jti });
    sandboxFile(context);
    context.type = 'application/pdf';
    context.body = pdf;
  },
};

/** What was uploaded has a record; what somebody before has left has one of theirs. */
const requireUploaded = async (host: string, input: InputDocument, { store }: GetDocumentDeps): Promise<void> => {
  if (input.signingId === null && !(await store.findDocument(host, input.digest))) {
    throw new Problem('document-not-found');
  }
};
