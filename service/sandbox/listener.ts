import { timingSafeEqual, hash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { isFault, misbehave } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Method } from './methods.ts';
import { FaultOrder, type FaultOrders } from './orders.ts';
import { refuse, send, type Reply } from './reply.ts';

export interface ListenerOptions {
  methods: Record<string, Method>;
  orders: FaultOrders;
  ledger: Ledger;
  apiKey: string;
  rootPem: string;
  slowMs: number;
}

const mostBytes = 64 * 1024 * 1024;

/** @throws Error where it is larger than is taken, or no JSON */
const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
};

const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));

/** What is wrong with a request before its body is read. */
const judgeHead = ({ method, headers }: IncomingMessage, apiKey: string): Reply | undefined => {
  if (method !== 'POST') return refuse(405, 'method-not-allowed');
  if (!sameText(String(headers['apikey'] ?? ''), apiKey)) return refuse(401, 'invalid-api-key');
  const isJson = /^application\/json(?:;|$)/i.test(headers['content-type'] ?? '');
  return isJson ? undefined : refuse(415, 'json-expected');
};

/** The sandbox's own addresses: what it has done, and how it is to misbehave. */
const answerControl = async (path: string, request: IncomingMessage, options: ListenerOptions): Promise<Reply> => {
  const { ledger, orders, rootPem } = options;
  if (path === '/sandbox/executions') return { status: 200, body: ledger.count() };
  if (path === '/sandbox/root.pem') return { status: 200, body: rootPem };
  if (path !== '/sandbox/faults' || request.method !== 'POST') return refuse(404, 'not-found');
  const { success, data } = FaultOrder.safeParse(await readJson(request));
  if (!success) return refuse(400, 'no-such-fault');
  orders.add(data);
  return { status: 204 };
};

/** Answers as the web service does, or misbehaves as it was told to. */
export const createListener = (options: ListenerOptions): RequestListener => {
  const { methods, orders, apiKey, slowMs } = options;

  const serve: (...parameters: Parameters<RequestListener>) => Promise<void> = async (request, response) => {
    const path = new URL(request.url!, 'http://sandbox').pathname.toLowerCase();
    if (path.startsWith('/sandbox/')) return send(response, await answerControl(path, request, options));
    const method = methods[path];
    const fault = method ? judgeHead(request, apiKey) : refuse(404, 'no-such-method');
    if (!method || fault) return send(response, fault!);
    const body = await readJson(request);
    const execute = () => method(body);
    const header = request.headers['x-sandbox']?.toString();
    if (header !== undefined && !isFault(header)) return send(response, refuse(400, 'no-such-fault'));
    const planned = orders.take({ path, identifier: Object(body).identifier, header });
    if (planned) return misbehave(planned, { response, execute, body, slowMs });
    return send(response, await execute());
  };

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else send(response, error instanceof SyntaxError ? refuse(400, 'invalid-json') : refuse(500, 'internal'));
    });
  };
};
