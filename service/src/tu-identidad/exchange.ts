import { ask, NoAnswer, readRetryAfter, type HttpAnswer, type HttpRequest } from '#network/http-client.ts';
import { Failure } from './failure.ts';

/** One request, as it goes to the vendor. */
export interface Request {
  url: string;
  apiKey: string;
  body: Record<string, unknown>;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  connections: HttpRequest['connections'];
}

/** What was answered, understood or not. */
export interface Answer {
  status: number;
  /** Undefined where it is not JSON. */
  body: unknown;
  retryAfterMs: number | undefined;
}

/** Room for a signed document in base64. */
const mostBytes = 128 * 1024 * 1024;
const connectMs = 10_000;

/**
 * Posts JSON and reads the answer, once.
 * @throws Failure where there is no answer; without effect where the vendor has surely seen nothing of the request
 */
export const exchange = async (request: Request): Promise<Answer> => {
  const answer = await post(request);
  return {
    status: answer.status,
    body: parse(answer.body.toString()),
    retryAfterMs: readRetryAfter(answer, new Date()),
  };
};

const post = async ({ url, apiKey, body, timeoutMs, signal, connections }: Request): Promise<HttpAnswer> => {
  const headers = { apiKey, accept: 'application/json', 'content-type': 'application/json' };
  try {
    const bounds = { timeoutMs, connectMs, mostBytes };
    return await ask({ url, body: JSON.stringify(body), headers, ...bounds, signal, connections });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new Failure({ kind: 'unavailable', withoutEffect: error.nothingSent, code: error.code });
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
