import type { Route } from './route.ts';

/** The process answers. */
export const getLive: Route = {
  method: 'get',
  path: '/health/live',
  summary: 'Whether the process is alive',
  security: 'nothing',
  responses: { 204: { description: 'It is' } },
  problems: [],
  handle(context) {
    context.status = 204;
  },
};

/** Requests can be taken: the records answer and the service is not stopping. Providers do not count. */
export const getReady: Route = {
  method: 'get',
  path: '/health/ready',
  summary: 'Whether requests can be taken',
  security: 'nothing',
  responses: { 204: { description: 'They can' }, 503: { description: 'Not now' } },
  problems: [],
  async handle(context, { store, stopping }) {
    const answers = await store.findDue(1).then(
      () => true,
      () => false,
    );
    context.status = answers && !stopping.aborted ? 204 : 503;
    if (context.status === 503) context.set('retry-after', '5');
  },
};
