import type { Consent, Making, SigningView, Strokes } from '@tu-esign/contract';
import { readEvents } from './event-stream.ts';

const pollEvery = 1_000;
const longestPause = 60_000;
const silentAtMost = 15_000;
const final = new Set(['completed', 'failed', 'declined', 'withdrawn']);

/** What the signatory sends: the autograph as a picture and how it was made, and the text consented to. */
export interface Submission {
  autograph: Blob;
  /** Of a drawn one. */
  strokes?: Strokes;
  /** Of one that was not drawn. */
  making?: Making;
  /** Initials, where the document has places for them, as a picture and how they were made. */
  initials?: Blob;
  initialsStrokes?: Strokes;
  initialsMaking?: Making;
  consent: Consent;
  /** Pages that were viewed, in order. */
  viewed: number[];
}

/** How the acts reach the service. */
export interface Wire {
  call: (path: string, init?: RequestInit) => Promise<Response>;
  json: <T>(path: string, init?: RequestInit) => Promise<T>;
  /** A signal that aborts when the visit ends, or when the limit aborts. */
  until: (limit: AbortSignal) => AbortSignal;
  signal: AbortSignal;
}

/** What a signatory does of a signing, and what becomes of it. In a chunk of its own: reading comes first. */
export interface Acts {
  sign(submission: Submission): Promise<SigningView>;
  decline(reason: string | undefined): Promise<SigningView>;
  /**
   * Yields each change of a signing until its end. When the stream of events ends, for whatever reason, the signing
   * is polled instead; should anything be wrong, polling meets the error and throws it.
   * @param isSigned whether it is signed: nobody is waiting any more, and polling slows down
   */
  follow(id: string, isSigned: () => boolean): AsyncGenerator<SigningView>;
}

export const createActs = (wire: Wire): Acts => ({
  sign: (submission) => wire.json('signings', { method: 'POST', body: toForm(submission) }),
  decline: (reason) => wire.json('signings/decline', postJson(reason ? { reason } : {})),
  async *follow(id, isSigned) {
    const path = `signings/${encodeURIComponent(id)}`;
    for await (const signing of stream(wire, path)) {
      yield signing;
      if (final.has(signing.status)) return;
    }
    for (let ms = pollEvery; !wire.signal.aborted; ms = isSigned() ? Math.min(ms * 1.5, longestPause) : pollEvery) {
      await pause(ms);
      const signing = await wire.json<SigningView>(path);
      yield signing;
      if (final.has(signing.status)) return;
    }
  },
});

/** The signing's events. Ends when the server ends them, is silent for too long, or has none. */
async function* stream({ call, until }: Wire, path: string): AsyncGenerator<SigningView> {
  const silence = new AbortController();
  try {
    const headers = { accept: 'text/event-stream' };
    const response = await call(`${path}/events`, { headers, signal: until(silence.signal) });
    const body = response.body?.pipeThrough(watchdog(silence));
    if (body) for await (const data of readEvents(body, 'signing')) yield JSON.parse(data) as SigningView;
  } catch {
    return;
  }
}

function toForm({ autograph, initials, ...told }: Submission): FormData {
  const form = new FormData();
  form.set('autograph', autograph, 'autograph.png');
  if (initials) form.set('initials', initials, 'initials.png');
  for (const [name, value] of Object.entries(told)) form.set(name, JSON.stringify(value));
  return form;
}

const postJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A proxy that buffers keeps a stream open and silent for ever: give up on it, and ask instead. */
function watchdog(silence: AbortController): TransformStream<Uint8Array, Uint8Array> {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silentAtMost);
  };
  return new TransformStream({
    start: wait,
    transform(chunk, controller) {
      wait();
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
