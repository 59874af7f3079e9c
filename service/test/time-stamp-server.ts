import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFolder, run, type Folder } from './tools.ts';

const execute = promisify(execFile);

/** The policy that the server stamps under. */
export const serverPolicy = '1.3.6.1.4.1.55555.1.1';

const settings = (digests: string) => `[ tsa ]
default_tsa = stamping
[ stamping ]
serial = $ENV::FOLDER/serial
crypto_device = builtin
signer_cert = $ENV::FOLDER/tsa.pem
certs = $ENV::FOLDER/root.pem
signer_key = $ENV::FOLDER/tsa.key
signer_digest = sha256
default_policy = ${serverPolicy}
digests = ${digests}
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/**
 * An authority with a root of its own.
 * @param days life of its certificate; 0 has ended a second later
 * @param list where its certificate says that the root's list of revoked ones is
 */
export const createStamping = (days = 2, list?: string) => {
  const folder = createFolder();
  const at = (name: string): string => join(folder.path, name);
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', at(name)];
  const usage = folder.write(
    'usage.cnf',
    `extendedKeyUsage = critical,timeStamping\n${list ? `crlDistributionPoints = URI:${list}\n` : ''}`,
  );
  run('openssl', 'req', '-x509', ...key('root.key'), '-out', at('root.pem'), '-subj', '/CN=Otra raiz', '-days', '2');
  run('openssl', 'req', ...key('tsa.key'), '-out', at('tsa.csr'), '-subj', '/CN=Otra autoridad');
  const issuer = ['-CA', at('root.pem'), '-CAkey', at('root.key'), '-CAcreateserial', '-days', String(days)];
  run('openssl', 'x509', '-req', '-in', at('tsa.csr'), ...issuer, '-extfile', usage, '-out', at('tsa.pem'));
  folder.write('serial', '01\n');
  folder.write('stamp.cnf', settings('sha256, sha384'));
  folder.write('refuse.cnf', settings('sha512'));
  return { folder, rootPem: readFileSync(at('root.pem'), 'utf8') };
};
export type Stamping = ReturnType<typeof createStamping>;

/** The root's list of revoked certificates, DER: of nobody, or of the authority. */
export const listRevoked = ({ folder }: Stamping, revoked: boolean): Buffer => {
  const at = (name: string): string => join(folder.path, name);
  folder.write('index.txt', '');
  folder.write('ca.cnf', `[ca]\ndefault_ca = own\n[own]\ndatabase = ${at('index.txt')}\ndefault_md = sha256\n`);
  const own = ['ca', '-config', at('ca.cnf'), '-cert', at('root.pem'), '-keyfile', at('root.key')];
  if (revoked) run('openssl', ...own, '-revoke', at('tsa.pem'), '-crl_reason', 'keyCompromise');
  run('openssl', ...own, '-gencrl', '-crldays', '2', '-out', at('list.pem'));
  run('openssl', 'crl', '-in', at('list.pem'), '-outform', 'DER', '-out', at('list.der'));
  return readFileSync(at('list.der'));
};

/** `openssl ts -reply`: an authority that is nobody of ours. */
export const stamp = async (folder: Folder, query: Buffer, config = 'stamp.cnf'): Promise<Buffer> => {
  const name = crypto.randomUUID();
  const [input, output] = [folder.write(`${name}.tsq`, query), join(folder.path, `${name}.tsr`)];
  const settled = ['-config', join(folder.path, config), '-section', 'stamping'];
  const env = { ...process.env, FOLDER: folder.path };
  await execute('openssl', ['ts', '-reply', '-queryfile', input, ...settled, '-out', output], { env, timeout: 10_000 });
  return readFileSync(output);
};

export interface Asked {
  query: Buffer;
  request: IncomingMessage;
  response: ServerResponse;
}

/** How the server answers a query. */
export type Answering = (asked: Asked) => Promise<void> | void;

export const reply = (response: ServerResponse, answer: Buffer): void => {
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
};

/** An RFC 3161 authority over HTTP, which answers as it is told. */
export const startTimeStampServer = async (stamping: Stamping = createStamping()) => {
  const honest: Answering = async ({ query, response }) => reply(response, await stamp(stamping.folder, query));
  const state = { answer: honest, asked: [] as IncomingMessage[] };
  const server = createServer(async (request, response) => {
    state.asked.push(request);
    await state.answer({ query: Buffer.concat(await request.toArray()), request, response });
  });
  // A test that makes keys blocks this process for longer than the five seconds after which idle connections end.
  server.keepAliveTimeout = 600_000;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    stamping.folder.remove();
  };
  return Object.assign(state, { stamping, honest, url: `http://127.0.0.1:${port}/tsa`, stop });
};
export type TimeStampServer = Awaited<ReturnType<typeof startTimeStampServer>>;
