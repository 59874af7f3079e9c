import { Readable } from 'node:stream';
import type { Admission } from '#http/limits/admission.ts';
import { bearerProblems } from '#http/request/bearer.ts';
import { requireOwnSigning, type OwnSigningDeps } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import type { ViewOf } from '#records/views.ts';
import type { Changes } from '#signing/changes.ts';
import { isFinished } from '#signing/signing.ts';

export interface GetSigningEventsDeps extends OwnSigningDeps {
  admission: Pick<Admission, 'limitHost' | 'streams'>;
  changes: Pick<Changes, 'listen'>;
  readonly viewOf: ViewOf;
  /** Aborted when the service stops: streams end. */
  stopping: AbortSignal;
}

/** Changes that another instance makes are not announced in this one: the record is looked at this often at least. */
const lookEveryMs = 2_000;
/** Longer than a token lives: after that the element asks again, with a fresh one. */
const longestMs = 600_000;

/** Server-sent events (HTML, 9.2): `event: signing` with the view at every change, until it is finished. */
export const getSigningEvents: Route<GetSigningEventsDeps> = {
  method: 'get',
  path: '/v1/signings/:id/events',
  summary: 'Follow a signing by server-sent events',
  security: 'signing token',
  responses: { 200: { description: 'A view at every change', content: { 'text/event-stream': 'event: signing' } } },
  problems: [...bearerProblems, 'signing-not-found', 'overloaded'],
  async handle(context, deps) {
    const signing = await requireOwnSigning(context, deps);
    const stream = deps.admission.streams.hold(signing.host);
    stream.take(1);
    context.res.once('close', () => stream.release());
    context.type = 'text/event-stream';
    context.set('x-accel-buffering', 'no');
    context.body = Readable.from(follow(signing.id, deps));
  },
};

async function* follow(id: string, deps: GetSigningEventsDeps): AsyncGenerator<string> {
  const { store, stopping, viewOf } = deps;
  const endsAt = performance.now() + longestMs;
  let shown = -1;
  for (;;) {
    // Listens before it looks, so that no change in between is missed.
    const changed = nextChange(id, deps);
    const signing = await store.find(id);
    if (!signing) return;
    if (signing.epoch !== shown) yield `event: signing\ndata: ${JSON.stringify(await viewOf(signing))}\n\n`;
    // A comment keeps the connection open, and where nobody is there any more, writing it fails.
    else yield ': still here\n\n';
    shown = signing.epoch;
    if (isFinished(signing.status) || stopping.aborted || performance.now() > endsAt) return;
    await changed;
  }
}

const nextChange = (signingId: string, { changes, stopping }: GetSigningEventsDeps): Promise<void> =>
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
