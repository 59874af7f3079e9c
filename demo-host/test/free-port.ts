import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that Linux gives to the client's end of connections (32,768 and up): none is taken by one meanwhile. */
const lowest = 12_000;
const count = 20_000;

/** Each process begins somewhere else, and hands out none twice. */
let turn = Math.floor(Math.random() * count);

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (isListening) await new Promise((resolve) => server.close(resolve));
  return isListening;
};

/** A port of loopback that nobody listens on, for programs that cannot choose one themselves. */
export const findFreePort = async (): Promise<number> => {
  for (;;) {
    const port = lowest + (turn++ % count);
    if (await isFree(port)) return port;
  }
};
