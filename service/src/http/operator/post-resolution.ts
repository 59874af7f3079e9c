import { OperatorSigning, ResolutionOutcome, type NotificationType, type SigningStatus } from '@tu-esign/contract';
import { z } from 'zod';
import type { HostRegistry } from '#hosts/registry.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { Changes } from '#signing/changes.ts';
import { resolveReview, type Resolution } from '#signing/resolve.ts';
import { isFinished, type Signing } from '#signing/signing.ts';
import { operatorProblems, requireOperator, toOperatorSigning, type OperatorDeps } from './operator.ts';
import { readResolution, type ReadResolutionDeps } from './read-resolution.ts';

interface SettleDeps {
  store: SigningStore;
  registry: Pick<HostRegistry, 'notificationsFor'>;
  changes: Pick<Changes, 'announce'>;
  readonly now: () => Date;
  /** Tells the jobs that a signing is due. */
  readonly wake: (work: 'advance', id: string) => void;
}

export interface PostResolutionDeps extends OperatorDeps, ReadResolutionDeps, SettleDeps {}

const Body = z.strictObject({
  outcome: ResolutionOutcome,
  document: z.any().optional().meta({ type: 'string', format: 'binary', description: 'The signed PDF, with `signed`' }),
  rewritten: z
    .literal('true')
    .optional()
    .meta({ description: 'The provider writes documents anew: the agreement’s bytes need not be its beginning' }),
  'key-certificate': z.string().optional().meta({ description: 'PEM, the signer’s certificate first, with `signed`' }),
});

/** An operator says what became of a signing whose provider's answer was lost. */
export const postResolution: Route<PostResolutionDeps> = {
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
  async handle(context, deps) {
    requireOperator(context, deps);
    const signing = await deps.store.find(context.params['id'] ?? '');
    if (!signing) throw new Problem('signing-not-found');
    if (signing.status !== 'review') throw new Problem('not-in-review');
    const resolution = await readResolution(context, signing, deps);
    context.body = toOperatorSigning(await settle(signing, resolution, deps));
  },
};

const newsOf: Partial<Record<SigningStatus, readonly NotificationType[]>> = {
  // Its key certificate came with it.
  signed: ['signing.signed', 'key-certificate.issued'],
  failed: ['signing.failed'],
};

/** Where two settle a signing at once, the record takes the first alone. */
const settle = async (before: Signing, resolution: Resolution, deps: SettleDeps): Promise<Signing> => {
  const { signing, observation } = resolveReview(before, resolution, deps.now().getTime());
  const news = newsOf[signing.status];
  const tell = news ? deps.registry.notificationsFor(signing.host, ...news, 'agreement.ended') : [];
  const change = { observations: [observation], dueInMs: isFinished(signing.status) ? null : 0, tell };
  const saved = await deps.store.save(signing, change);
  if (!saved) throw new Problem('not-in-review');
  deps.changes.announce(saved.id);
  deps.wake('advance', saved.id);
  return saved;
};
