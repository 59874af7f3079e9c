import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FileStore } from '#files/file-store.ts';
import type { Room, RoomLeft } from '#files/room.ts';
import type { Context, Route } from '#http/request/route.ts';
import type { SigningStore } from '#records/signing-store.ts';

export interface GetLiveDeps {
  /** How late the event loop has been for a while, in milliseconds. */
  readonly lagMs: () => number;
}

export interface GetReadyDeps {
  store: SigningStore;
  files: FileStore;
  room: Pick<Room, 'left'>;
  /** Throws where the clock is not believed. */
  readonly now: () => Date;
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
  notReady: z.array(z.enum(['stopping', 'storage', 'element', 'disk-full', 'clock'])),
});
type Reason = z.infer<typeof Unready>['notReady'][number];

/** What will, unless somebody does something: it is ready, and takes signings, and no uploads any more. */
const Soon = Unready.extend({ soon: z.array(z.literal('disk-full')) });

/** Requests can be taken: records, files and the element are there and nothing stops. Providers do not count. */
export const getReady: Route<GetReadyDeps> = {
  method: 'get',
  path: '/health/ready',
  summary: 'Whether requests can be taken',
  security: 'nothing',
  responses: {
    200: { description: 'They can, but for uploads', content: { 'application/json': Soon } },
    204: { description: 'They can' },
    503: { description: 'Not now, and why', content: { 'application/json': Unready } },
  },
  problems: [],
  async handle(context, deps) {
    const { notReady, left } = await look(deps);
    context.status = notReady.length ? 503 : 204;
    if (notReady.length === 0) return warn(context, left);
    context.set('retry-after', '5');
    context.body = { notReady } satisfies z.infer<typeof Unready>;
  },
};

const warn = (context: Context, left: RoomLeft | undefined): void => {
  if (left === 'little') context.body = { notReady: [], soon: ['disk-full'] } satisfies z.infer<typeof Soon>;
};

interface Look {
  notReady: Reason[];
  left?: RoomLeft | undefined;
}

const stopping: Look = { notReady: ['stopping'] };

const look = async (deps: GetReadyDeps): Promise<Look> => {
  // What is about to be closed is not asked any more.
  if (deps.draining.aborted) return stopping;
  const hasStorage = await storageAnswers(deps);
  const left = await leftOn(deps);
  // The stop may have begun while they were asked.
  if (deps.draining.aborted) return stopping;
  const notReady: Reason[] = deps.elementMissing ? ['element'] : [];
  if (!hasStorage) notReady.push('storage');
  if (left === 'none') notReady.push('disk-full');
  if (!isClockRight(deps)) notReady.push('clock');
  return { notReady, left };
};

const isClockRight = ({ now }: GetReadyDeps): boolean => {
  try {
    now();
    return true;
  } catch {
    return false;
  }
};

/** Where that cannot be told, storage does not answer either. */
const leftOn = ({ room }: GetReadyDeps): Promise<RoomLeft | undefined> => room.left().catch(() => undefined);

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
