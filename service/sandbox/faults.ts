import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { encode, send, type Reply } from './reply.ts';

/** One request under way. */
export interface Exchange {
  response: ServerResponse;
  /** Does what is asked and gives the reply to it. */
  execute: () => Promise<Reply>;
  /** What the request said, for vendors that repeat it in their errors. */
  body: unknown;
  /** Milliseconds of the slowest answer. */
  slowMs: number;
}

type Fault = (exchange: Exchange) => Promise<void>;

const page = (title: string): string => `<!DOCTYPE html><html><body><h1>${title}</h1></body></html>`;

/** An error that quotes what was sent, as some services do. */
const quote = (body: unknown): string => {
  const { name, firstName, lastName, email, rfc } = Object(body);
  return `El firmante ${name} ${firstName} ${lastName} <${email}> ${rfc} no pudo ser procesado`;
};

const instead =
  (reply: Reply | ((body: unknown) => Reply)): Fault =>
  async ({ response, body }) =>
    send(response, typeof reply === 'function' ? reply(body) : reply);

const after =
  (answer: Fault): Fault =>
  async (exchange) => {
    await exchange.execute();
    await answer(exchange);
  };

const changed =
  (change: (reply: Reply) => Reply): Fault =>
  async ({ response, execute }) =>
    send(response, change(await execute()));

const changeBody = (change: (body: Record<string, unknown>) => Record<string, unknown>): Fault =>
  changed((reply) =>
    reply.body === undefined || typeof reply.body === 'string' ? reply : { ...reply, body: change(reply.body) },
  );

const cut: Fault = async ({ response }) => void response.socket?.resetAndDestroy();

const serverError = instead({ status: 502, body: page('502 Bad Gateway') });
const nonsense = instead({ status: 200, body: page('It works!') });
const empty = instead({ status: 204 });

/** Changes the first string of an answer: the output in it, in base64. */
const changeOutput = (change: (base64: string) => string): Fault =>
  changeBody((body) => Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(String(value))])));

const alterByte = (base64: string): string => {
  const content = Buffer.from(base64, 'base64');
  const at = content.indexOf('/MediaBox') + 2;
  content[at] = content[at]! ^ 1;
  return content.toString('base64');
};

const privateKey = (): string =>
  Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n').toString('base64');

const pemToDer = (base64: string): string =>
  /-----BEGIN CERTIFICATE-----([^-]+)/.exec(Buffer.from(base64, 'base64').toString())?.[1]?.replaceAll('\n', '') ??
  base64;

const dropBytes: Fault = async ({ response, execute }) => {
  const { type, bytes } = encode(await execute());
  response.writeHead(200, { 'content-type': type ?? 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
};

/** Ways to misbehave; those named `…-after` do what was asked, and then fail. */
const faults = {
  slow: async ({ response, execute, slowMs }) => {
    const reply = await execute();
    await wait(slowMs);
    send(response, reply);
  },
  /** Does what was asked once the caller has given up. */
  'late-effect': async ({ response, execute, slowMs }) => {
    await wait(slowMs);
    send(response, await execute());
  },
  'rate-limited': instead({ status: 429, body: { error: 'too-many-requests' }, headers: { 'retry-after': '2' } }),
  'rate-limited-html': instead({ status: 429, body: page('Too many requests'), headers: { 'retry-after': '2' } }),
  credentials: instead({ status: 401, body: { error: 'invalid-api-key' } }),
  forbidden: instead({ status: 403, body: page('403 - Forbidden') }),
  unavailable: instead({ status: 503, body: page('503 Service Unavailable') }),
  'html-error': serverError,
  'html-error-after': after(serverError),
  reset: cut,
  'reset-after': after(cut),
  truncated: dropBytes,
  nonsense,
  'nonsense-after': after(nonsense),
  empty,
  'empty-after': after(empty),
  capitalised: changeBody((body) => ('status' in body ? { ...body, status: 'Success' } : body)),
  partial: changed((reply) => ({
    status: 203,
    body: { ...Object(reply.body), warnings: [{ code: 'W-017', message: 'Una fuente no respondió' }] },
  })),
  refused: instead({ status: 200, body: { error: 'E-104' } }),
  'refused-object': instead((body) => ({ status: 200, body: { error: { code: 'E-105', message: quote(body) } } })),
  'refused-code': instead((body) => ({ status: 400, body: { code: 'E-106', message: quote(body) } })),
  'refused-status': instead((body) => ({ status: 200, body: { status: 'error', message: quote(body) } })),
  'refused-words': instead((body) => ({ status: 200, body: { error: quote(body) } })),
  'refused-warnings': instead((body) => ({
    status: 400,
    body: { warnings: [{ code: 'E-107', message: quote(body) }] },
  })),
  'refused-rfc': instead((body) => ({ status: 400, body: { error: String(Object(body).rfc) } })),
  'data-prefix': changeOutput((base64) => `data:application/pdf;base64,${base64}`),
  'not-a-pdf': changeOutput(() => Buffer.from(page('Documento')).toString('base64')),
  altered: changeOutput(alterByte),
  'private-key': changeOutput(privateKey),
  der: changeOutput(pemToDer),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
export const isFault = (name: unknown): name is FaultName => typeof name === 'string' && name in faults;

export const misbehave = (name: FaultName, exchange: Exchange): Promise<void> => faults[name](exchange);
