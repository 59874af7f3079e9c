import type { IncomingMessage } from 'node:http';
import type { ProblemType } from '@tu-esign/contract';
import type { z } from 'zod';
import { Problem, toFaults } from '#problem.ts';
import type { Context } from './route.ts';

export interface BodyLimit {
  bytes: number;
  /** What a larger body is refused as. */
  problem: ProblemType;
}

/**
 * Reads a whole body into memory, up to a limit.
 * @param count is told of each part as it comes, and may refuse it
 */
export const readBody = async (
  request: IncomingMessage,
  { bytes, problem }: BodyLimit,
  count: (bytes: number) => void = () => {},
): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > bytes) throw new Problem(problem);
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    // The stream is not destroyed where the body is refused: the answer still has to be sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      total += chunk.length;
      if (total > bytes) throw new Problem(problem);
      count(chunk.length);
      chunks.push(chunk);
    }
  } catch (cause) {
    // The client has gone, or was too slow.
    throw cause instanceof Problem ? cause : new Problem('body-malformed', undefined, { cause });
  }
  return Buffer.concat(chunks);
};

/** Tells of each part of a body that somebody else reads, from when they begin to: not before, since that would begin it. */
export const countAsItComes = (request: IncomingMessage, count: (bytes: number) => void): void => {
  const begin = (event: string | symbol): void => {
    if (event !== 'data') return;
    request.off('newListener', begin);
    request.on('data', (chunk: Buffer) => count(chunk.length));
  };
  request.on('newListener', begin);
};

/** What a body may take in memory: its Content-Length, or the most that is taken where it has none. */
export const bodyBytes = (request: IncomingMessage, most: number): number =>
  Math.min(Number(request.headers['content-length'] ?? most), most);

/** Reads a JSON body, up to a limit. */
const readJson = async (request: IncomingMessage, limit: BodyLimit): Promise<unknown> => {
  const body = await readBody(request, limit);
  return parseJson(body.toString());
};

/** @throws Problem body-malformed */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('body-malformed');
  }
};

const jsonLimit = { bytes: 4_096, problem: 'body-too-large' } as const;

/** What a small JSON body may be refused for. */
export const bodyProblems = ['media-type-unsupported', 'body-malformed', 'body-too-large'] as const;

/**
 * Reads a small JSON body in the form of a schema. No body is one without members.
 * @throws Problem, one of `bodyProblems`
 */
export const readBodyAs = async <Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema>> => {
  const type = context.request.length === 0 ? null : context.is('application/json');
  if (type === false) throw new Problem('media-type-unsupported', 'application/json is expected');
  const { success, data, error } = schema.safeParse(type === null ? {} : await readJson(context.req, jsonLimit));
  if (!success) throw toMalformed(error.issues);
  return data;
};

/** A body that is not in the expected form, with what is wrong and where. */
const toMalformed = (issues: z.core.$ZodIssue[]): Problem => {
  const errors = toFaults(issues);
  return new Problem('body-malformed', errors.map(({ detail }) => detail).join('; '), { errors });
};
