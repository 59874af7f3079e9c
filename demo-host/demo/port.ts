import { createServer, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';

/** How far to look for a free port. */
const tries = 50;

/**
 * The first free port from the wanted one on. A port is taken if anything answers there at localhost: a browser
 * would reach that program, even where the system lets a second one listen on the same port.
 */
export const findFreePort = async (wanted: number): Promise<number> => {
  for (let port = wanted; port < wanted + tries; port++) if (!(await answers(port))) return port;
  throw new Error(`no port from ${wanted} to ${wanted + tries - 1} is free`);
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
    socket.setTimeout(1_000, () => end(true));
  });

/** Listens on this machine alone. */
export const listen = (listener: RequestListener, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(listener);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
