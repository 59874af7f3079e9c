import { Readable } from 'node:stream';
import { isFinished } from '#signing/signing.ts';
import { bearerProblems, requireOwnSigning } from '#http/bearer.ts';
import type { Route } from '#http/route.ts';
import type { Services } from '#http/services.ts';

/** Another instance may have changed the record: look at least this often. */
const lookEveryMs = 2_000;
/** Longer than a token lives; the element asks again with a fresh one. */
const longestMs = 600_000;

/** Server-sent events (HTML, 9.2): `event: signing` with the view at every change, until it is finished. */
export const getSigningEvents: Route = {
  method: 'get',
  path: '/v1/signings/:id/events',
  summary: 'Follow a signing by server-sent events',
  security: 'signing token',
  responses: { 200: { description: 'A view at every change', content: { 'text/event-stream': 'event: signing' } } },
  problems: [...bearerProblems, 'signing-not-found', 'overloaded'],
  async handle(context, services) {
    const signing = await requireOwnSigning(context, services);
    const giveBack = services.intake.streams.take(1);
    context.res.once('close', giveBack);
    context.type = 'text/event-stream';
    context.set('x-accel-buffering', 'no');
    context.body = Readable.from(follow(signing.id, services));
  },
};

async function* follow(id: string, services: Services): AsyncGenerator<string> {
  const { store, stopping, viewOf } = services;
  const endsAt = performance.now() + longestMs;
  let shown = -1;
  for (;;) {
    // Listens before it looks, so that no change falls between.
    const changed = nextChange(id, services);
    const signing = await store.find(id);
    if (!signing) return;
    if (signing.epoch !== shown) yield `event: signing\ndata: ${JSON.stringify(await viewOf(signing))}\n\n`;
    // A comment keeps the line open, and fails where nobody listens any more.
    else yield ': still here\n\n';
    shown = signing.epoch;
    if (isFinished(signing.status) || stopping.aborted || performance.now() > endsAt) return;
    await changed;
  }
}

const nextChange = (signingId: string, { changes, stopping }: Services): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopListening();
      stopping.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, lookEveryMs);
    const stopListening = changes.listen(signingId, done);
    stopping.addEventListener('abort', done);
  });
