import { DocumentView } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { digestOf } from '#signing/digest.ts';
import { documentKey } from '#signing/signing.ts';
import { bearerProblems, requireDocumentsToken } from './bearer.ts';
import { readBody } from './body.ts';
import type { Route } from './route.ts';

/** The host uploads an agreement. What cannot be signed is refused here, not when somebody signs. */
export const putDocument: Route = {
  method: 'put',
  path: '/v1/documents/:digest',
  summary: 'Upload an agreement, server to server',
  security: 'documents token',
  request: { 'application/pdf': 'The agreement' },
  responses: { 201: { description: 'The agreement can be signed', content: { 'application/json': DocumentView } } },
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
  ],
  async handle(context, services) {
    const { host } = await requireDocumentsToken(context, services);
    if (!context.is('application/pdf')) throw new Problem('media-type-unsupported', 'application/pdf is expected');
    const limit = { bytes: services.limits.documentBytes, problem: 'document-too-large' } as const;
    const uploaded = await readBody(context.req, limit);
    const uploadedDigest = digestOf(uploaded);
    if (uploadedDigest !== context.params['digest']) throw new Problem('document-digest-mismatch');
    const { pdf, rewritten, pages, signatures } = await services.acceptDocument(uploaded);
    const digest = rewritten ? digestOf(pdf) : uploadedDigest;
    await services.files.write(documentKey(host.id, digest), pdf);
    const document = { digest, uploadedDigest, bytes: pdf.length, pages, signatures };
    await services.store.insertDocument({ host: host.id, ...document });
    context.status = 201;
    context.body = { ...document, rewritten } satisfies DocumentView;
  },
};
