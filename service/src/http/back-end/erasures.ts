import { ErasureRequest, ErasureView } from '@tu-esign/contract';
import { bearerProblems, requireSigningsToken, type BearerDeps } from '#http/request/bearer.ts';
import { bodyProblems, readBodyAs } from '#http/request/body.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { Erasure, Erasures } from '#records/retention/erasures.ts';

export interface ErasureDeps extends BearerDeps {
  erasures: Pick<Erasures, 'insert' | 'find'>;
  /** PEM of the certificate whose key seals evidence, and of its chain without the root. */
  sealCertificates: string;
}

export interface PostErasureDeps extends ErasureDeps {
  /** Tells the jobs that there is something to erase. */
  readonly wake: (work: 'erase', id: string) => void;
}

const content = { 'application/json': ErasureView };

/** The wish is kept before anything is erased: it is carried out whatever happens in between. */
export const postErasure: Route<PostErasureDeps> = {
  method: 'post',
  path: '/v1/erasures',
  summary: 'Have all of a person or of an agreement erased that need not be kept, server to server',
  security: 'signings token',
  request: { 'application/json': ErasureRequest },
  responses: { 202: { description: 'Kept, and carried out', content, location: 'Where it is read' } },
  problems: [...bearerProblems, ...bodyProblems],
  async handle(context, deps) {
    const { host } = await requireSigningsToken(context, deps);
    const erasure = await deps.erasures.insert(host.id, await readBodyAs(context, ErasureRequest));
    deps.wake('erase', erasure.id);
    context.status = 202;
    context.set('location', `/v1/erasures/${erasure.id}`);
    context.body = toView(erasure, deps);
  },
};

export const getErasure: Route<ErasureDeps> = {
  method: 'get',
  path: '/v1/erasures/:id',
  summary: 'Read what was erased, with evidence of it, and what stays and until when',
  security: 'signings token',
  responses: { 200: { description: 'What became of it', content } },
  problems: [...bearerProblems, 'erasure-not-found'],
  async handle(context, deps) {
    const { host } = await requireSigningsToken(context, deps);
    const erasure = await deps.erasures.find(context.params['id'] ?? '');
    if (erasure?.host !== host.id) throw new Problem('erasure-not-found');
    context.body = toView(erasure, deps);
  },
};

const toTime = (at: number): string => new Date(at).toISOString();

const toView = (
  { id, requestedAt, doneAt, erased, retained }: Erasure,
  { sealCertificates: certificates }: ErasureDeps,
): ErasureView => ({
  id,
  state: doneAt === null ? 'pending' : 'erased',
  requestedAt: toTime(requestedAt),
  ...(doneAt !== null && { erasedAt: toTime(doneAt) }),
  erased,
  retained,
  certificates,
});
