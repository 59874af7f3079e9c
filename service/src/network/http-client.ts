import got from 'got';
import { ignoreLateErrors } from './late-errors.ts';

const mostBytes = 1024 * 1024;

/**
 * GET of a small JSON document from a host: no redirects, no retries (the caller knows when), bounded in
 * time and size. What got throws holds the request, so that it must never be logged whole.
 */
export const fetchJson = async (url: string, timeoutMs: number): Promise<unknown> => {
  const stream = got.stream(url, {
    timeout: { request: timeoutMs },
    retry: { limit: 0 },
    followRedirect: false,
    headers: { accept: 'application/json' },
  });
  ignoreLateErrors(stream);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer is larger than 1 MiB');
    chunks.push(chunk);
  }
  // Where redirects are not followed, got takes one for an answer.
  if (stream.response?.statusCode !== 200) throw new Error('the answer is not 200');
  return JSON.parse(Buffer.concat(chunks).toString());
};
