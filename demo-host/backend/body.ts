import type { Context } from 'koa';

/**
 * Reads a body up to a limit in bytes. It has to be of the media type asked for, one that no form of another site
 * can send.
 */
export const readBody = async (context: Context, type: string, mostBytes: number): Promise<Buffer> => {
  if (!context.is(type)) context.throw(415, `${type} is expected`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of context.req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) context.throw(413, `more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Reads a JSON object. */
export const readJson = async (context: Context): Promise<Record<string, unknown>> => {
  const body = await readBody(context, 'application/json', 256 * 1024);
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return context.throw(400, 'the body is not JSON');
  }
};
