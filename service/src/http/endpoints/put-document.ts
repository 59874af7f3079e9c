import { DocumentView } from '@tu-esign/contract';
import type { FileStore } from '#files/file-store.ts';
import type { Room } from '#files/room.ts';
import type { Admission } from '#http/limits/admission.ts';
import type { Held } from '#http/limits/semaphore.ts';
import { bearerProblems, requireDocumentsToken, type BearerDeps } from '#http/request/bearer.ts';
import { bodyBytes, readBody } from '#http/request/body.ts';
import type { Context, Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { digestOf } from '#signing/digest.ts';
import type { Host } from '#hosts/host.ts';
import type { AcceptDocument } from '#signing/document.ts';
import { documentKey } from '#signing/signing.ts';

export interface PutDocumentDeps extends BearerDeps {
  store: SigningStore;
  files: FileStore;
  room: Pick<Room, 'require'>;
  admission: Pick<Admission, 'limitHost' | 'bodies' | 'uploads' | 'turns'>;
  readonly acceptDocument: AcceptDocument;
  limits: { documentBytes: number };
}

/** The host uploads an agreement. What cannot be signed is refused here, and not once somebody is to sign it. */
export const putDocument: Route<PutDocumentDeps> = {
  method: 'put',
  path: '/v1/documents/:digest',
  summary: 'Upload an agreement, server to server',
  security: 'documents token',
  request: { 'application/pdf': 'The agreement' },
  responses: {
    200: {
      description: 'It was there already',
      content: { 'application/json': DocumentView },
      location: 'Where a signatory’s page reads it',
    },
    201: {
      description: 'The agreement can be signed',
      content: { 'application/json': DocumentView },
      location: 'Where a signatory’s page reads it',
    },
  },
  problems: [
    ...bearerProblems,
    'media-type-unsupported',
    'document-too-large',
    'document-digest-mismatch',
    'document-not-pdf',
    'document-damaged',
    'document-encrypted',
    'document-without-pages',
    'document-locked',
    'document-too-complex',
    'document-finding',
    'body-malformed',
    'overloaded',
    'storage-full',
  ],
  async handle(context, deps) {
    const { host } = await requireDocumentsToken(context, deps);
    if (!context.is('application/pdf')) throw new Problem('media-type-unsupported', 'application/pdf is expected');
    const bytes = bodyBytes(context.req, deps.limits.documentBytes);
    await deps.room.require('upload', bytes);
    const body = deps.admission.bodies.hold(host.id);
    try {
      const { document, isNew } = await keep(context, host, { ...deps, body });
      context.body = document;
      context.status = isNew ? 201 : 200;
      context.set('location', `/v1/documents/${document.digest}`);
    } finally {
      body.release();
    }
  },
};

const keep = async (
  context: Context,
  { id: host, findings: policy = {} }: Host,
  { body, ...deps }: PutDocumentDeps & { body: Held },
): Promise<{ document: DocumentView; isNew: boolean }> => {
  const limit = { bytes: deps.limits.documentBytes, problem: 'document-too-large' } as const;
  const uploaded = await readBody(context.req, limit, body.take);
  const uploadedDigest = digestOf(uploaded);
  if (uploadedDigest !== context.params['digest']) throw new Problem('document-digest-mismatch');
  const accept = () => deps.admission.turns(host, () => deps.acceptDocument(uploaded, policy));
  // Only once the body is here, so that hosts whose bodies come slowly hold no place.
  const accepted = await deps.admission.uploads.during(host, 1, accept);
  const { pdf, rewritten, pages, signatures, signaturePlace, findings } = accepted;
  const digest = rewritten ? digestOf(pdf) : uploadedDigest;
  const document = { digest, uploadedDigest, bytes: pdf.length, pages, signatures, findings };
  const key = documentKey(host, digest);
  const isNew = !(await deps.store.findDocument(host, digest));
  await deps.files.write(key, pdf);
  await deps.store.insertDocument({ host, ...document, signaturePlace });
  // Until the record was there, the file was named by nothing, and may have been deleted as such; from now on it stays.
  if (!(await deps.files.find(key))) await deps.files.write(key, pdf);
  return { document: { ...document, rewritten }, isNew };
};
