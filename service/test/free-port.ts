import { createServer, type AddressInfo } from 'node:net';

/** A port of loopback that nobody listens on, for programs that cannot choose one themselves. */
export const findFreePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
