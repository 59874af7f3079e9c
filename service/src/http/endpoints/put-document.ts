import { DocumentView } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { digestOf } from '#signing/digest.ts';
import { documentKey } from '#signing/signing.ts';
import { bearerProblems, requireDocumentsToken } from '#http/bearer.ts';
import { bodyBytes, readBody } from '#http/limits/body.ts';
import type { Context, Route } from '#http/route.ts';
import type { Services } from '#http/services.ts';

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
    'body-malformed',
    'overloaded',
  ],
  async handle(context, services) {
    const { host } = await requireDocumentsToken(context, services);
    if (!context.is('application/pdf')) throw new Problem('media-type-unsupported', 'application/pdf is expected');
    const bytes = bodyBytes(context.req, services.limits.documentBytes);
    const view = await services.intake.bodies.during(bytes, () => keep(context, host.id, services));
    context.status = 201;
    context.body = view;
  },
};

const keep = async (context: Context, host: string, services: Services): Promise<DocumentView> => {
  const limit = { bytes: services.limits.documentBytes, problem: 'document-too-large' } as const;
  const uploaded = await readBody(context.req, limit);
  const uploadedDigest = digestOf(uploaded);
  if (uploadedDigest !== context.params['digest']) throw new Problem('document-digest-mismatch');
  const accept = () => services.acceptDocument(uploaded);
  // Their own limit, so that slow uploads keep no others from being read.
  const { pdf, rewritten, pages, signatures, signaturePlace } = await services.intake.uploads.during(1, accept);
  const digest = rewritten ? digestOf(pdf) : uploadedDigest;
  await services.files.write(documentKey(host, digest), pdf);
  const document = { digest, uploadedDigest, bytes: pdf.length, pages, signatures };
  await services.store.insertDocument({ host, ...document, signaturePlace });
  return { ...document, rewritten };
};
