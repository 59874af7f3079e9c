import type { z } from 'zod';
import { ask, NoAnswer, type HttpAnswer } from '#network/http-client.ts';
import { CscError } from './access.ts';

export interface Call<T> {
  /** As an error names it. */
  name: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  answer: z.ZodType<T>;
  timeoutMs: number;
}

const mostBytes = 256 * 1024;

const askOnce = async ({ name, url, headers, body, timeoutMs }: Call<unknown>): Promise<HttpAnswer> => {
  try {
    return await ask({ url, headers: { accept: 'application/json', ...headers }, body, timeoutMs, mostBytes });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new Unanswered(`the remote signer does not answer ${name} (${error.code ?? 'it broke off'})`);
  }
};

/** There is no answer, or not all of it. */
class Unanswered extends CscError {
  override name = 'Unanswered';
}

/** A connection that broke, or a server that is not itself. */
const isPassing = (error: unknown): boolean =>
  error instanceof Unanswered || (error instanceof Refused && (error.status === 429 || error.status >= 500));

/** What may pass is tried once more: to ask, and to sign, again does no harm. */
export const tryTwice = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isPassing(error)) throw error;
    return work();
  }
};

/** Their own word for what is wrong, where it is one (CSC API 2.0, 10.1; RFC 6749, 5.2). */
const errorOf = (body: Buffer): string => {
  try {
    const { error } = Object(JSON.parse(body.toString())) as { error?: unknown };
    return typeof error === 'string' && /^[a-z_]{1,40}$/i.test(error) ? `, ${error}` : '';
  } catch {
    return '';
  }
};

export class Refused extends CscError {
  override name = 'Refused';
  readonly status: number;
  constructor(call: string, { status, body }: HttpAnswer) {
    super(`the remote signer refuses ${call} (${status}${errorOf(body)})`);
    this.status = status;
  }
}

/**
 * Asks a remote signer, and reads its answer.
 * @throws Refused by its status, CscError where it does not answer, or with what is none
 */
export const call = async <T>(call: Call<T>): Promise<T> => {
  const answer = await askOnce(call);
  if (answer.status !== 200) throw new Refused(call.name, answer);
  const { data, success } = call.answer.safeParse(tryParse(answer.body));
  if (!success) throw new CscError(`the remote signer answers ${call.name} with what is no answer to it`);
  return data;
};

const tryParse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};
