import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { refuseUnread } from './refuse-unread.ts';

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
  answerWith(answer: RequestListener): void;
  /** Takes no new connection; ends when the last answer has been given, or after so many milliseconds. */
  close(deadlineMs: number): Promise<void>;
}

/** Longer than proxies keep a connection that rests, so that they close it, and never into a request of theirs. */
const keepAliveMs = 75_000;
/** How long a connection must have rested before a stop closes it: its next request may be under way. */
const restMs = 100;

/** Listens at once, since the address may be part of the answers. */
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
  refuseUnread(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, answerWith, close: (deadlineMs) => close(server, deadlineMs) };
};

/**
 * A process that was busy runs what is due before it looks at what has come meanwhile. So it closes at the end of
 * a turn, when connections were accepted and requests read that were there in time.
 */
const close = async (server: Server, deadlineMs: number): Promise<void> => {
  await turn();
  const closed = new Promise<void>((resolve) => {
    // Not HTTP's own close, which cuts connections at rest at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await Promise.race([closed, wait(restMs)]);
  const sweep = setInterval(() => setImmediate(() => server.closeIdleConnections()), restMs / 2);
  await closed;
  clearTimeout(cutOff);
  clearInterval(sweep);
};
