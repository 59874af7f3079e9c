import type { Agent as HttpAgent, IncomingHttpHeaders } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import got, { TimeoutError, type PlainResponse } from 'got';

/** One request to a server of somebody else's. */
export interface HttpRequest {
  url: string;
  /** What is posted; without it the request is a GET. */
  body?: string | Uint8Array;
  headers: Record<string, string>;
  /** For the whole answer. */
  timeoutMs: number;
  /** For each step of connecting: looking the name up, TCP, TLS. By default only the whole is limited. */
  connectMs?: number;
  /** How much of the answer's body is read. */
  mostBytes: number;
  signal?: AbortSignal | undefined;
  /** Connections of the caller's own, in place of those that all requests share. */
  connections?: { agent: { http: HttpAgent; https: HttpsAgent }; dnsLookup?: LookupFunction } | undefined;
}

export interface AnswerHead {
  status: number;
  headers: IncomingHttpHeaders;
}

export interface HttpAnswer extends AnswerHead {
  body: Buffer;
}

interface NoAnswerFacts {
  code?: string | undefined;
  nothingSent?: boolean;
}

/**
 * There is no answer, or not all of it. It stands in for what the HTTP client throws, which holds the request with its
 * credentials and its body, and which must therefore be neither logged nor kept as a cause.
 */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  /** The system's or the client's name for it, such as ECONNREFUSED, where it has one. */
  readonly code: string | undefined;
  /** True where no connection came about, so that the server has surely seen nothing of the request. */
  readonly nothingSent: boolean;

  constructor({ code, nothingSent = false }: NoAnswerFacts = {}) {
    super('there is no whole answer');
    this.code = code;
    this.nothingSent = nothingSent;
  }
}

/**
 * Asks once, and reads the whole answer, whatever its status: redirects are not followed, and nothing is repeated, since
 * the caller knows when that is safe.
 * @throws NoAnswer where it does not come in time, breaks off, or is larger than `mostBytes` (`answer-too-large`)
 */
export const ask = async (request: HttpRequest): Promise<HttpAnswer> => {
  try {
    const stream = open(request);
    const body = await readAll(stream, request.mostBytes);
    return { ...headOf(stream.response), body };
  } catch (error) {
    throw toNoAnswer(error);
  }
};

/**
 * The same where the status is all that matters. The body is read, as it is sent, so that the server can finish; what is
 * lost of it, or is more than `mostBytes`, changes nothing.
 * @throws NoAnswer where not even a status comes in time
 */
export const askForStatus = async (request: HttpRequest): Promise<AnswerHead> => {
  let stream: ReturnType<typeof open> | undefined;
  try {
    stream = open(request, false);
    await readAll(stream, request.mostBytes);
    return headOf(stream.response);
  } catch (error) {
    if (stream?.response) return headOf(stream.response);
    throw toNoAnswer(error);
  }
};

/** Reads Retry-After (RFC 9110, 10.2.3): seconds or a date, as milliseconds from now. */
export const readRetryAfter = ({ headers }: AnswerHead, now: Date): number | undefined => {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return ms > 0 ? ms : undefined;
};

const open = (request: HttpRequest, decompress = true) => {
  const { url, body, headers, timeoutMs, connectMs, signal, connections } = request;
  const stream = got.stream(url, {
    ...(body !== undefined && { method: 'POST', body }),
    headers,
    decompress,
    ...connections,
    timeout: { request: timeoutMs, ...(connectMs && toConnectTimeouts(connectMs)) },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    ...(signal && { signal }),
  });
  return ignoreLateErrors(stream);
};

const toConnectTimeouts = (ms: number) => ({ lookup: ms, connect: ms, secureConnect: ms });

/**
 * Whoever reads a stream is told of errors until its end. Those that come later (its signal is aborted, or the connection
 * breaks, while a request that was answered already is still being sent) nobody listens for, and Node would end the
 * process.
 */
const ignoreLateErrors = <T extends Readable>(stream: T): T => stream.on('error', () => {});

const readAll = async (stream: AsyncIterable<unknown>, mostBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new NoAnswer({ code: 'answer-too-large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headOf = (response: PlainResponse | undefined): AnswerHead => {
  if (!response) throw new NoAnswer();
  return { status: response.statusCode, headers: response.headers };
};

const connecting = new Set(['lookup', 'connect', 'secureConnect']);
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'TARGET_REFUSED']);
const untrusted = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

const toNoAnswer = (error: unknown): NoAnswer => {
  if (error instanceof NoAnswer) return error;
  const { code, cause } = Object(error) as { code?: unknown; cause?: { syscall?: unknown } };
  const known = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : '';
  const nothingSent =
    notConnected.has(known) ||
    untrusted.test(known) ||
    cause?.syscall === 'connect' ||
    (error instanceof TimeoutError && connecting.has(error.event));
  return new NoAnswer({ code: known || undefined, nothingSent });
};
