import { ask, NoAnswer, type HttpAnswer, type HttpRequest } from '#network/http-client.ts';
import { Problem } from '#problem.ts';

/**
 * An authority's answer is not to be believed, or there is none; it may be asked again. The code is what the log tells:
 * no message of an HTTP client, which holds the request and its credentials.
 */
export class AuthorityFault extends Error {
  override name = 'AuthorityFault';
  readonly code: string;

  constructor(code: string) {
    super(`The authority did not conserve: ${code}`);
    this.code = code;
  }
}

/** Where an authority answers, and as whom it is asked. */
export interface TimeStampServer {
  /** Absolute; the authority's answers are signed, so that plain HTTP does where no credentials are sent. */
  url: string;
  /** Value of the header `authorization`. */
  authorization?: string | undefined;
  /** For the whole answer. */
  timeoutMs: number;
  /** In place of those that all requests share. */
  connections?: HttpRequest['connections'];
}

/** No time-stamp is larger. */
const mostBytes = 256 * 1024;

const mediaTypes = { query: 'application/timestamp-query', reply: 'application/timestamp-reply' } as const;

/**
 * Asks an authority over HTTP (RFC 3161, 3.4).
 * @returns what it answered, unjudged
 * @throws Problem provider-credentials
 * @throws AuthorityFault where there is no answer in time, or one that is no time-stamp
 */
export const postQuery = async (server: TimeStampServer, query: Uint8Array, signal?: AbortSignal): Promise<Buffer> => {
  const answer = await post(server, query, signal);
  judgeHead(answer);
  return answer.body;
};

const post = async (
  { url, authorization, timeoutMs, connections }: TimeStampServer,
  query: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer> => {
  const headers = {
    'content-type': mediaTypes.query,
    accept: mediaTypes.reply,
    'user-agent': 'tu-esign',
    ...(authorization && { authorization }),
  };
  try {
    return await ask({ url, body: query, headers, timeoutMs, mostBytes, signal, connections });
  } catch (error) {
    throw error instanceof NoAnswer ? new AuthorityFault(error.code ?? 'no-answer') : error;
  }
};

/** @throws Problem where asking again without a change cannot help */
const judgeHead = ({ status, headers }: HttpAnswer): void => {
  if (status === 401 || status === 403) throw new Problem('provider-credentials');
  if (status !== 200) throw new AuthorityFault(`status-${status}`);
  const [type] = (headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== mediaTypes.reply) throw new AuthorityFault('no-time-stamp-reply');
};
