import { createHash } from 'node:crypto';
import { cpSync, readdirSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { createFolder } from './tools.ts';

/** What the storage does with writes: keeps them; refuses them (503); keeps them and cuts the answer off. */
export type WriteBehaviour = 'keep' | 'refuse' | 'lose-answers';

export const bucket = 'tu-esign';
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** The environment that the standard chain of credentials finds. */
export const s3Environment = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
};

/**
 * S3-compatible storage on loopback: s3rver, which checks signatures, behind a door that holds what S3 holds and
 * s3rver does not: an object is there whole or not at all, and a wrong checksum is refused.
 * @param copyOf other storage, whose objects it starts with
 */
export const startS3 = async (copyOf?: { path: string }) => {
  const folder = createFolder();
  if (copyOf) cpSync(copyOf.path, folder.path, { recursive: true });
  const directory = join(folder.path, 's3');
  const options = { port: 0, address: '127.0.0.1', silent: true, vhostBuckets: false };
  const storage = new S3rver({ ...options, directory, configureBuckets: [{ name: bucket }] });
  const { port: storagePort } = await storage.run();
  const state = { writes: 'keep' as WriteBehaviour, puts: 0 };
  const oneAtATime = createQueues();

  const server = createServer(async (incoming, response) => {
    const body = await readAll(incoming);
    const { pathname } = new URL(incoming.url!, 'http://localhost');
    await oneAtATime(pathname, () => pass({ incoming, response, body, state, port: storagePort }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    /** The folder that holds the bucket's objects. */
    path: folder.path,
    /** Of all objects. */
    keys: (): string[] => listObjects(join(directory, bucket)),
    /** As TU_ESIGN_FILES has it. */
    address: (prefix = ''): string =>
      `s3://${bucket}/${prefix}?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1&pathStyle=true`,
    /** From now on. */
    behave(writes: WriteBehaviour): void {
      state.writes = writes;
    },
    /** Writes that were asked for. */
    puts: (): number => state.puts,
    async remove(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await storage.close();
      folder.remove();
    },
  };
};
export type S3Server = Awaited<ReturnType<typeof startS3>>;

/** s3rver keeps an object as a file of its key's name with this behind it, and others of its own beside it. */
const objectSuffix = '._S3rver_object';

const listObjects = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(objectSuffix))
    .map((name) => name.slice(0, -objectSuffix.length));

interface Passage {
  incoming: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  state: { writes: WriteBehaviour; puts: number };
  port: number;
}

const pass = async ({ incoming, response, body, state, port }: Passage): Promise<void> => {
  const writes = incoming.method === 'PUT';
  if (writes) state.puts += 1;
  if (writes && state.writes === 'refuse') return refuse(response, 503, 'SlowDown');
  if (!matches(incoming, body)) return refuse(response, 400, 'BadDigest');
  const { status, headers, content } = await forward(incoming, body, port);
  if (writes && state.writes === 'lose-answers') incoming.socket.destroy();
  else response.writeHead(status, headers).end(content);
};

const refuse = (response: ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
};

const matches = (incoming: IncomingMessage, body: Buffer): boolean => {
  const expected = incoming.headers['x-amz-checksum-sha256'];
  return expected === undefined || expected === createHash('sha256').update(body).digest('base64');
};

const forward = async (incoming: IncomingMessage, body: Buffer, port: number) => {
  const { method, url } = incoming;
  const headers = { ...incoming.headers };
  // s3rver reckons the signature of a listing without the slash that ends the bucket's path, and lets in who has none.
  if (url?.includes('list-type=')) delete headers.authorization;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path: url, headers }, resolve);
    sent.once('error', reject).end(body);
  });
  return { status: response.statusCode!, headers: response.headers, content: await readAll(response) };
};

const readAll = async (stream: IncomingMessage): Promise<Buffer> => Buffer.concat(await stream.toArray());

/** What has one name waits for what came before it. */
const createQueues = () => {
  const last = new Map<string, Promise<void>>();
  return async (name: string, act: () => Promise<void>): Promise<void> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(act, act);
    last.set(name, mine);
    await mine.catch(() => {});
  };
};
