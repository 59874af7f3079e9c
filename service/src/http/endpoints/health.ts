import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FileStore } from '#files/file-store.ts';
import type { Route } from '#http/request/route.ts';
import type { SigningStore } from '#records/signing-store.ts';

export interface GetLiveDeps {
  /** How late the event loop has been for a while, in milliseconds. */
  readonly lagMs: () => number;
}

export interface GetReadyDeps {
  store: SigningStore;
  files: FileStore;
  /** Whether pages would ask for the element here in vain. */
  elementMissing: boolean;
  /** Aborted when the service is about to stop: no longer ready, but still answering. */
  draining: AbortSignal;
}

/** Where the event loop is later than this each time, the process is of no use to anybody. */
const mostLagMs = 1_000;
/** What answers later than this cannot be worked with, in milliseconds. */
const answerWithinMs = 1_000;

/** The process answers, and its event loop comes round. */
export const getLive: Route<GetLiveDeps> = {
  method: 'get',
  path: '/health/live',
  summary: 'Whether the process is alive',
  security: 'nothing',
  responses: { 204: { description: 'It is' }, 503: { description: 'It hangs, and had better be started again' } },
  problems: [],
  handle(context, { lagMs }) {
    context.status = lagMs() > mostLagMs ? 503 : 204;
  },
};

/** What keeps a service from being ready; for operators, and without paths, since anybody may ask. */
const Unready = z.object({
  notReady: z.array(z.enum(['stopping', 'storage', 'element'])),
});
type Reason = z.infer<typeof Unready>['notReady'][number];

/** Requests can be taken: records, files and the element are there and nothing stops. Providers do not count. */
export const getReady: Route<GetReadyDeps> = {
  method: 'get',
  path: '/health/ready',
  summary: 'Whether requests can be taken',
  security: 'nothing',
  responses: {
    204: { description: 'They can' },
    503: { description: 'Not now, and why', content: { 'application/json': Unready } },
  },
  problems: [],
  async handle(context, deps) {
    const notReady = await listReasons(deps);
    context.status = notReady.length ? 503 : 204;
    if (notReady.length === 0) return;
    context.set('retry-after', '5');
    context.body = { notReady } satisfies z.infer<typeof Unready>;
  },
};

const listReasons = async (deps: GetReadyDeps): Promise<Reason[]> => {
  // What is about to be closed is not asked any more.
  if (deps.draining.aborted) return ['stopping'];
  const reasons: Reason[] = deps.elementMissing ? ['element'] : [];
  return (await storageAnswers(deps)) ? reasons : [...reasons, 'storage'];
};

const storageAnswers = async ({ store, files }: GetReadyDeps): Promise<boolean> => {
  const answers = Promise.all([store.findDue(1), files.probe()]).then(
    () => true,
    () => false,
  );
  const tooLate = new AbortController();
  const silence = wait(answerWithinMs, false, { signal: tooLate.signal, ref: false }).catch(() => false);
  try {
    return await Promise.race([answers, silence]);
  } finally {
    tooLate.abort();
  }
};
