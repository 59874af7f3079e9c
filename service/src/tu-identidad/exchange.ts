import got, { TimeoutError } from 'got';
import { ignoreLateErrors } from '#network/late-errors.ts';
import { Failure } from './failure.ts';

/** One request, as it goes to the vendor. */
export interface Request {
  url: string;
  apiKey: string;
  body: Record<string, unknown>;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** What was answered, whatever it is. */
export interface Answer {
  status: number;
  /** Undefined where it is not JSON. */
  body: unknown;
  retryAfterMs: number | undefined;
}

/** A signed document in base64, with room. */
const mostBytes = 128 * 1024 * 1024;
const connectMs = 10_000;

/**
 * Posts JSON: no redirects, no retries (the record knows when), bounded in time and size. What got throws holds the
 * request with API key and document, so that nothing of it gets out but its code.
 * @throws Failure
 */
export const exchange = async (request: Request): Promise<Answer> => {
  try {
    return await post(request);
  } catch (error) {
    throw toFailure(error);
  }
};

const post = async ({ url, apiKey, body, timeoutMs, signal }: Request): Promise<Answer> => {
  const stream = got.stream.post(url, {
    json: body,
    headers: { apiKey, accept: 'application/json' },
    timeout: { lookup: connectMs, connect: connectMs, secureConnect: connectMs, request: timeoutMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    ...(signal && { signal }),
  });
  const content = await readAll(ignoreLateErrors(stream) as AsyncIterable<Buffer>);
  const { response } = stream;
  if (!response) throw new Error('there is no answer');
  const { statusCode: status, headers } = response;
  return { status, body: parse(content), retryAfterMs: readRetryAfter(headers['retry-after']) };
};

const readAll = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Seconds, or a date (RFC 9110, 10.2.3). */
const readRetryAfter = (value: string | undefined): number | undefined => {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms >= 0 ? ms : undefined;
};

const beforeSending = new Set(['lookup', 'connect', 'secureConnect']);
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const untrusted = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/** Where no connection came about, nothing was sent; otherwise nobody knows how far it came. */
const toFailure = (error: unknown): Failure => {
  const { code, cause } = error as { code?: unknown; cause?: { syscall?: unknown } };
  const known = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : '';
  const withoutEffect =
    notConnected.has(known) ||
    untrusted.test(known) ||
    cause?.syscall === 'connect' ||
    (error instanceof TimeoutError && beforeSending.has(error.event));
  return new Failure({ kind: 'unavailable', withoutEffect, code: known || undefined });
};
