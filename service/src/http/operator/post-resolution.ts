import { OperatorSigning, ResolutionOutcome, type NotificationType, type SigningStatus } from '@tu-esign/contract';
import { z } from 'zod';
import { Problem } from '#problem.ts';
import { resolveReview, type Resolution } from '#signing/resolve.ts';
import { isFinished, type Signing } from '#signing/signing.ts';
import { operatorProblems, requireOperator, toOperatorSigning } from './operator.ts';
import { readResolution } from './read-resolution.ts';
import type { Route } from '#http/route.ts';
import type { Services } from '#http/services.ts';

const Body = z.strictObject({
  outcome: ResolutionOutcome,
  document: z.any().optional().meta({ type: 'string', format: 'binary', description: 'The signed PDF, with `signed`' }),
  rewritten: z
    .literal('true')
    .optional()
    .meta({ description: 'The provider writes documents anew: the agreement’s bytes need not be its beginning' }),
  keyCertificate: z.string().optional().meta({ description: 'PEM, the signer’s certificate first, with `signed`' }),
});

/** A person has found out what became of a signing whose answer was lost. */
export const postResolution: Route = {
  method: 'post',
  path: '/v1/operator/signings/:id/resolve',
  summary: 'Settle a signing in review: it was signed, it was not and is tried again, or it has failed',
  security: 'operator key',
  request: { 'multipart/form-data': Body },
  responses: { 200: { description: 'Settled', content: { 'application/json': OperatorSigning } } },
  problems: [
    ...operatorProblems,
    'signing-not-found',
    'not-in-review',
    'media-type-unsupported',
    'body-malformed',
    'body-too-large',
    'document-too-large',
    'document-too-complex',
    'signed-document-invalid',
  ],
  async handle(context, services) {
    requireOperator(context, services);
    const signing = await services.store.find(context.params['id'] ?? '');
    if (!signing) throw new Problem('signing-not-found');
    if (signing.status !== 'review') throw new Problem('not-in-review');
    const resolution = await readResolution(context, signing, services);
    context.body = toOperatorSigning(await settle(signing, resolution, services));
  },
};

const newsOf: Partial<Record<SigningStatus, NotificationType>> = {
  signed: 'signing.signed',
  failed: 'signing.failed',
};

/** Fenced: of two that settle at once, one does. */
const settle = async (before: Signing, resolution: Resolution, services: Services): Promise<Signing> => {
  const { signing, observation } = resolveReview(before, resolution, services.now().getTime());
  const news = newsOf[signing.status];
  const tell = news ? services.registry.toTell(signing.host, news) : [];
  const change = { observations: [observation], dueInMs: isFinished(signing.status) ? null : 0, tell };
  const saved = await services.store.save(signing, change);
  if (!saved) throw new Problem('not-in-review');
  services.changes.announce(saved.id);
  services.wake('advance', saved.id);
  return saved;
};
