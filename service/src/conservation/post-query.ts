import type { IncomingHttpHeaders } from 'node:http';
import got from 'got';
import { ignoreLateErrors } from '#network/late-errors.ts';
import { Problem } from '#problem.ts';
import { AuthorityFault } from './fault.ts';

/** Where an authority answers, and as whom it is asked. */
export interface TimeStampServer {
  /** Absolute; the authority's answers are signed, so that plain HTTP does where no credentials are sent. */
  url: string;
  /** Value of the header `authorization`. */
  authorization?: string | undefined;
  /** For the whole answer. */
  timeoutMs: number;
}

/** No time-stamp is larger. */
const mostBytes = 256 * 1024;

const mediaTypes = { query: 'application/timestamp-query', reply: 'application/timestamp-reply' } as const;

/** One call: neither redirects nor repeats, which are the scheduler's. */
const bounds = { retry: { limit: 0 }, followRedirect: false, throwHttpErrors: false } as const;

const post = ({ url, authorization, timeoutMs }: TimeStampServer, query: Uint8Array, signal: AbortSignal | undefined) =>
  got.stream.post(url, {
    ...bounds,
    body: query,
    headers: {
      'content-type': mediaTypes.query,
      accept: mediaTypes.reply,
      'user-agent': 'tu-esign',
      ...(authorization && { authorization }),
    },
    timeout: { request: timeoutMs },
    ...(signal && { signal }),
  });

/** @throws Error whose message must not be told */
const read = async (request: ReturnType<typeof post>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ignoreLateErrors(request) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new AuthorityFault('answer-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const codeOf = (error: unknown): string => {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : 'no-answer';
};

/** @throws Problem where asking again without a change cannot help */
const judgeStatus = ({ statusCode, headers }: { statusCode: number; headers: IncomingHttpHeaders }): void => {
  if (statusCode === 401 || statusCode === 403) throw new Problem('provider-credentials');
  if (statusCode !== 200) throw new AuthorityFault(`status-${statusCode}`);
  const [type] = (headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== mediaTypes.reply) throw new AuthorityFault('no-time-stamp-reply');
};

/**
 * Asks an authority over HTTP (RFC 3161, 3.4).
 * @returns what it answered, unjudged
 * @throws Problem provider-credentials
 * @throws AuthorityFault where there is no answer in time, or one that is no time-stamp
 */
export const postQuery = async (server: TimeStampServer, query: Uint8Array, signal?: AbortSignal): Promise<Buffer> => {
  try {
    const request = post(server, query, signal);
    const answer = await read(request);
    judgeStatus(request.response!);
    return answer;
  } catch (error) {
    throw error instanceof Problem || error instanceof AuthorityFault ? error : new AuthorityFault(codeOf(error));
  }
};
