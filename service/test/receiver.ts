import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One message as it arrived. */
export interface Arrived {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = (response: ServerResponse, at: number) => void;

/** Answers with statuses, one a message; the last of them ever after. */
export const answerWith =
  (...statuses: number[]): Answer =>
  (response, at) =>
    response.writeHead(statuses[Math.min(at, statuses.length - 1)]!).end();

/** A host's back end: a real server that keeps what arrives and answers as it is told. */
export const startReceiver = async (answer: Answer = answerWith(204), tls?: { key: string; cert: string }) => {
  const arrived: Arrived[] = [];
  const receiver = { arrived, answer };
  const listener: RequestListener = async (request, response) => {
    const chunks = await request.toArray();
    arrived.push({ path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() });
    receiver.answer(response, arrived.length - 1);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return Object.assign(receiver, { port, url: `http${tls ? 's' : ''}://127.0.0.1:${port}/hook`, stop });
};
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** The headers by which a message is verified, as the reference implementation takes them. */
export const signedHeaders = ({ headers }: Arrived): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith('webhook-') ? [[name, String(value)]] : [])),
  );
