import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { setImmediate as endOfTurn, setTimeout as wait } from 'node:timers/promises';
import { answerMalformedRequests } from './malformed-requests.ts';

export interface ListenOptions {
  /** 0: any that is free. */
  port: number;
  address: string;
  /** The longest that a request's headers may take, in milliseconds. */
  headersMs?: number;
  /** The longest that a whole request may take to arrive, in milliseconds. */
  requestMs?: number;
}

/** A server that listens already; requests wait until it is told how to answer them. */
export interface Listener {
  port: number;
  /** The address and port that it listens on, as the operating system has them. */
  bound: string;
  answerWith(answer: RequestListener): void;
  /** Takes no new connection; ends when the last answer has been given, or after so many milliseconds. */
  close(deadlineMs: number): Promise<void>;
}

/** Longer than proxies keep idle connections: then they close them, and this server never does while a request comes. */
const keepAliveMs = 75_000;
/** How long a connection must have been idle before a stop closes it: its next request may be under way. */
const idleMs = 100;

/** Listens at once, since the port may be part of the answers, such as links. */
export const listen = async (options: ListenOptions): Promise<Listener> => {
  const { promise, resolve: answerWith } = Promise.withResolvers<RequestListener>();
  const { headersMs = 20_000, requestMs = 120_000 } = options;
  const timeouts = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.min(headersMs, requestMs) / 4,
  };
  const server = createServer(timeouts, (request, response) => {
    void promise.then((answer) => answer(request, response));
  });
  answerMalformedRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, resolve);
  });
  const { port, address, family } = server.address() as AddressInfo;
  const bound = `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  return { port, bound, answerWith, close: (deadlineMs) => close(server, deadlineMs) };
};

/**
 * Closes at the end of a turn of the event loop: a process that was busy runs its timers first, and reads requests that
 * have come in the meantime, and must be answered, only after them.
 */
const close = async (server: Server, deadlineMs: number): Promise<void> => {
  await endOfTurn();
  const closed = new Promise<void>((resolve) => {
    // Not HTTP's own close, which cuts idle connections at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await Promise.race([closed, wait(idleMs)]);
  const sweep = setInterval(() => setImmediate(() => server.closeIdleConnections()), idleMs / 2);
  await closed;
  clearTimeout(cutOff);
  clearInterval(sweep);
};
