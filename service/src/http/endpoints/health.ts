import { setTimeout as wait } from 'node:timers/promises';
import type { Route } from '#http/route.ts';
import type { Services } from '#http/services.ts';

/** Later than this every time, in milliseconds: the process is of no use to anybody. */
const mostLagMs = 1_000;
/** What answers later than this cannot be worked with, in milliseconds. */
const answerWithinMs = 1_000;

/** The process answers, and its event loop comes round. */
export const getLive: Route = {
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

/** Requests can be taken: records and files answer and the service is not stopping. Providers do not count. */
export const getReady: Route = {
  method: 'get',
  path: '/health/ready',
  summary: 'Whether requests can be taken',
  security: 'nothing',
  responses: { 204: { description: 'They can' }, 503: { description: 'Not now' } },
  problems: [],
  async handle(context, services) {
    context.status = !services.draining.aborted && (await storageAnswers(services)) ? 204 : 503;
    if (context.status === 503) context.set('retry-after', '5');
  },
};

const storageAnswers = async ({ store, files }: Services): Promise<boolean> => {
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
