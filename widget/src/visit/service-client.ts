import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import type { Acts } from './acts.ts';
import { ElementProblem } from '../host/element-problem.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { TokenSource } from './token-source.ts';

const prefix = 'urn:tu-esign:problem:';
const answerWithin = 30_000;

/** The service as the element needs it. Every call may throw ElementProblem. */
export interface ServiceClient {
  readRequest(): Promise<SigningRequestView>;
  /** The agreement's bytes, not yet checked against the digest; tells how many have come. */
  readDocument(digest: string, got: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>>;
  sign: Acts['sign'];
  decline: Acts['decline'];
  readSigning(id: string): Promise<SigningView>;
  follow: Acts['follow'];
}

export interface ServiceClientOptions {
  /** Where the service is; a path is kept. */
  base: URL;
  tokens: TokenSource;
  /** Ends every call when the visit ends. */
  signal: AbortSignal;
}

export function createServiceClient({ base, tokens, signal }: ServiceClientOptions): ServiceClient {
  const root = new URL('v1/', base.href.replace(/\/?$/, '/'));
  const until = (limit: AbortSignal) => AbortSignal.any([signal, limit]);

  const send = (token: string, path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return reach(new URL(path, root), { credentials: 'omit', signal, ...init, headers });
  };

  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await send(await tokens.current(), path, init);
    if (response.ok) return response;
    const problem = await readProblem(response);
    if (!renewable.has(problem.type)) throw problem;
    return accept(await send(await tokens.renew(), path, init));
  };

  /** The body may take as long as the line needs, the answer may not. */
  const answered = async (path: string): Promise<Response> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException('no answer', 'TimeoutError')), answerWithin);
    return call(path, { signal: until(late.signal) }).finally(() => clearTimeout(timer));
  };

  const json = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await call(path, { ...init, signal: until(AbortSignal.timeout(answerWithin)) });
    return readJson<T>(response);
  };

  const acts = async (): Promise<Acts> => {
    const { createActs } = await import('./acts.ts').catch((cause: unknown) => {
      throw lost(cause);
    });
    return createActs({ call, json, until, signal });
  };

  return {
    readRequest: () => json('signing-request'),
    readDocument: async (digest, got) => readBytes(counted(await answered(`documents/${digest}`), got)),
    sign: async (submission) => (await acts()).sign(submission),
    decline: async (reason) => (await acts()).decline(reason),
    readSigning: (id) => json(`signings/${encodeURIComponent(id)}`),
    async *follow(id, isSigned) {
      yield* (await acts()).follow(id, isSigned);
    },
  };
}

/**
 * The bytes behind an expiring link. No token goes there: the link is the permission.
 * @throws ElementProblem
 */
export async function readLink(href: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return readBytes(await accept(await reach(new URL(href), { credentials: 'omit', signal })));
}

const renewable = new Set<AnyProblemType>(['token-expired', 'token-not-yet-valid']);

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw lost(cause);
  }
}

// A call that was aborted with its visit is no lost connection.
const lost = (cause: unknown): unknown =>
  cause instanceof DOMException && cause.name === 'AbortError' ? cause : new ElementProblem('network', { cause });

async function accept(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await readProblem(response);
}

/** RFC 9457; an answer that is no problem document comes from something between us and the service. */
async function readProblem(response: Response): Promise<ElementProblem> {
  const details = await response.json().catch(() => null);
  const type: unknown = details?.type;
  if (typeof type === 'string' && type.startsWith(prefix))
    return new ElementProblem(type.slice(prefix.length) as AnyProblemType, { host: details.host });
  return new ElementProblem(response.status >= 500 ? 'network' : 'service-answer');
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw cause instanceof SyntaxError ? new ElementProblem('service-answer', { cause }) : lost(cause);
  }
}

/** The same answer, reporting how many of its bytes have come. */
function counted(response: Response, got: (bytes: number) => void): Response {
  let bytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      got((bytes += chunk.length));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(counter));
}

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw lost(cause);
  }
}
