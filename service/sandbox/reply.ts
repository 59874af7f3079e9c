import type { ServerResponse } from 'node:http';

/** What is answered: a status, and JSON unless it is a text. */
export interface Reply {
  status: number;
  body?: Record<string, unknown> | string;
  headers?: Record<string, string>;
}

/** A refusal with the vendor's documented shape. */
export const refuse = (status: number, code: string): Reply => ({ status, body: { error: code } });

/** The bytes that a reply is on the wire, and their media type. */
export const encode = ({ body }: Reply): { type?: string; bytes: Buffer } => {
  if (body === undefined) return { bytes: Buffer.alloc(0) };
  if (typeof body === 'string') return { type: 'text/html; charset=utf-8', bytes: Buffer.from(body) };
  return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(body)) };
};

export const send = (response: ServerResponse, reply: Reply): void => {
  const { type, bytes } = encode(reply);
  const headers = { ...(type && { 'content-type': type }), 'cache-control': 'no-store', ...reply.headers };
  response.writeHead(reply.status, headers).end(bytes);
};
