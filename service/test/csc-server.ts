import { constants, generateKeyPairSync, privateEncrypt, randomBytes, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { createFolder, run } from './tools.ts';

/** How it answers signatures/signHash: as it should, or not. */
export type Behaviour =
  | 'right'
  | 'numbers of ECDSA alone'
  | 'late'
  | 'late once'
  | 'wrong'
  | 'of another hash'
  | 'by another key'
  | 'twice'
  | 'no signature'
  | 'no JSON'
  | 'a signature that is no Base64'
  | 'broken off'
  | 'lost once'
  | 'too much'
  | 'unavailable once'
  | 'unavailable'
  | 'redirected';

export type Mode = 'implicit' | 'explicit' | 'oauth2code' | 'strange';
type Kind = 'P-256' | 'P-384' | 'RSA-3072' | 'RSA-2048';

interface Held {
  privateKey: KeyObject;
  /** Base64 of DER. */
  certificate: string;
  kind: Kind;
  mode: Mode;
}

export const client = { clientId: 'tu-esign de pruebas', clientSecret: 's3:crê to+&=' };
export const pin = '493817';
export const staticToken = 'a-token-of-the-tests-alone';

const makeKeys = (kind: Kind) =>
  kind.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: kind });

const createHeld = (kind: Kind, mode: Mode): Held => {
  const folder = createFolder();
  const { privateKey } = makeKeys(kind);
  const key = folder.write('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const made = ['req', '-x509', '-key', key, '-subj', '/CN=Firmador remoto de prueba', '-days', '2'];
  const { output } = run('openssl', ...made);
  folder.remove();
  return { privateKey, certificate: output.replaceAll(/-----[^-]+-----|\s/g, ''), kind, mode };
};

const algorithms: Record<string, { hash: string; octets: number; oids: string[] }> = {
  'P-256': { hash: '2.16.840.1.101.3.4.2.1', octets: 32, oids: ['1.2.840.10045.4.3.2'] },
  'P-384': { hash: '2.16.840.1.101.3.4.2.2', octets: 48, oids: ['1.2.840.10045.4.3.3'] },
  'RSA-3072': { hash: '2.16.840.1.101.3.4.2.1', octets: 32, oids: ['1.2.840.113549.1.1.1'] },
  'RSA-2048': { hash: '2.16.840.1.101.3.4.2.1', octets: 32, oids: ['1.2.840.113549.1.1.11'] },
};

/** DigestInfo of SHA-256 (RFC 8017, 9.2), for who has the digest alone. */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** All that is ever asked; each endpoint demands its own. */
interface Body {
  credentialID: string;
  certificates: string;
  authInfo: boolean;
  numSignatures: number;
  hashes: [string, ...string[]];
  hashAlgorithmOID: string;
  authData: [{ id: string; value: string }, ...object[]];
  signAlgo: string;
  operationMode: string;
  SAD: string;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, error: string) {
    super(error);
    this.status = status;
  }
}

const need = (holds: unknown, error = 'invalid_request', status = 400): void => {
  if (!holds) throw new Refusal(status, error);
};

/** Exactly these members: the specification lets a server ignore the others. */
const requireMembers = (body: object, ...names: string[]): void =>
  need(Object.keys(body).sort().join(' ') === names.sort().join(' '));

/**
 * A remote signer of the Cloud Signature Consortium's API 2.0, stricter than that: members that it does not know are refused, SADs are
 * for one hash, once, for a short while, and tokens end.
 */
export const startCscServer = async () => {
  const credentials = new Map<string, Held>();
  const sads = new Map<string, { credentialID: string; hash: string; until: number }>();
  const tokens = new Set([staticToken]);
  const state = {
    behaviour: 'right' as Behaviour,
    asked: [] as string[],
    signed: [] as string[],
    tokenSeconds: 3600,
    last: '',
    only: undefined as string | undefined,
  };
  let isFirstAsked = true;
  let hasLost = false;

  const signDigest = async ({ privateKey, kind }: Held, digest: Buffer): Promise<Buffer> => {
    if (kind.startsWith('RSA'))
      return privateEncrypt(
        { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([sha256Info, digest]),
      );
    return signRaw(privateKey, digest);
  };

  const endpoints: Record<string, (body: Body) => Promise<object>> = {
    async 'credentials/info'(body) {
      requireMembers(body, 'credentialID', 'certificates', 'authInfo');
      need(body.certificates === 'single' && body.authInfo);
      const { kind, certificate, mode } = find(body.credentialID);
      const { oids } = algorithms[kind]!;
      return {
        key: { status: 'enabled', algo: oids, len: 256 },
        cert: { status: 'valid', certificates: [certificate] },
        auth: { mode },
        SCAL: '2',
        multisign: 1,
      };
    },
    async 'credentials/authorize'(body) {
      const { mode, kind } = find(body.credentialID);
      const members = ['credentialID', 'numSignatures', 'hashes', 'hashAlgorithmOID'];
      requireMembers(body, ...members, ...(mode === 'explicit' ? ['authData'] : []));
      if (mode === 'explicit') {
        const [given, ...others] = body.authData;
        need(given.id === 'PIN' && given.value === pin && others.length === 0, 'invalid_pin');
      } else need(mode === 'implicit');
      need(body.numSignatures === 1 && body.hashes.length === 1);
      need(body.hashAlgorithmOID === algorithms[kind]!.hash);
      const SAD = randomBytes(16).toString('hex');
      sads.set(SAD, { credentialID: body.credentialID, hash: body.hashes[0], until: Date.now() + 10_000 });
      return { SAD, expiresIn: 10 };
    },
    async 'signatures/signHash'(body) {
      const { credentialID, hashes, hashAlgorithmOID, signAlgo, operationMode, SAD } = body;
      const held = find(credentialID);
      const { hash, octets, oids } = algorithms[held.kind]!;
      const members = ['credentialID', 'hashes', 'hashAlgorithmOID', 'signAlgo', 'operationMode'];
      requireMembers(body, ...members, ...(held.mode === 'oauth2code' ? [] : ['SAD']));
      if (held.mode !== 'oauth2code') {
        const sad = sads.get(SAD);
        sads.delete(SAD);
        need(sad?.credentialID === credentialID && sad?.hash === hashes[0], 'invalid_request');
        need(sad!.until > Date.now(), 'expired');
      }
      need(hashes.length === 1 && operationMode === 'S' && oids.includes(signAlgo) && hashAlgorithmOID === hash);
      const digest = Buffer.from(hashes[0], 'base64');
      need(digest.length === octets && digest.toString('base64') === hashes[0]);
      state.signed.push(credentialID);
      return { signatures: await answerFor(held, digest) };
    },
  };

  const find = (id: string): Held => {
    const held = credentials.get(id);
    need(held, 'invalid_request');
    return held!;
  };

  const answerFor = async (held: Held, digest: Buffer): Promise<string[]> => {
    const right = (await signDigest(held, digest)).toString('base64');
    const { behaviour, last, only } = state;
    state.last = right;
    if (only !== undefined && held !== credentials.get(only)) return [right];
    if (behaviour === 'wrong') return [randomBytes(70).toString('base64')];
    if (behaviour === 'of another hash') return [last];
    if (behaviour === 'by another key') {
      const other = { ...held, privateKey: makeKeys(held.kind).privateKey };
      return [(await signDigest(other, digest)).toString('base64')];
    }
    if (behaviour === 'twice') return [right, right];
    if (behaviour === 'no signature') return [];
    if (behaviour === 'a signature that is no Base64') return ['¡firmado!'];
    if (behaviour === 'numbers of ECDSA alone') return [toNumbers(Buffer.from(right, 'base64')).toString('base64')];
    return [right];
  };

  const token = (request: IncomingMessage, body: string): object => {
    const [id = '', secret = ''] = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64')
      .toString()
      .split(':')
      .map((part) => new URLSearchParams(`x=${part}`).get('x') ?? '');
    need(id === client.clientId && secret === client.clientSecret, 'invalid_client', 401);
    need(request.headers['content-type'] === 'application/x-www-form-urlencoded');
    need(body === 'grant_type=client_credentials&scope=service', 'invalid_scope');
    const made = randomBytes(16).toString('hex');
    tokens.add(made);
    return { access_token: made, token_type: 'Bearer', expires_in: state.tokenSeconds };
  };

  /** What goes wrong with the connection, or before anything is looked at. @returns whether it has answered */
  const misbehave = async (response: ServerResponse): Promise<boolean> => {
    const { behaviour } = state;
    const isFirst = isFirstAsked;
    isFirstAsked = false;
    if (behaviour === 'late' || (behaviour === 'late once' && isFirst)) return true;
    if (behaviour === 'unavailable' || (behaviour === 'unavailable once' && isFirst)) {
      response.writeHead(503).end('{"error":"temporarily_unavailable"}');
      return true;
    }
    if (behaviour === 'redirected') response.writeHead(302, { location: '/elsewhere' }).end();
    if (behaviour === 'no JSON') response.writeHead(200).end('<html>signed</html>');
    if (behaviour === 'too much') response.writeHead(200).end('x'.repeat(1_000_000));
    if (behaviour === 'broken off') {
      response.writeHead(200, { 'content-length': '500' }).write('{"signatures":[');
      response.destroy();
    }
    return response.writableEnded || response.destroyed;
  };

  /** It has signed, and nobody hears of it. */
  const isLost = (): boolean => {
    const isFirst = state.behaviour === 'lost once' && !hasLost;
    hasLost ||= isFirst;
    return isFirst;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = (request.url ?? '').replace('/csc/v2/', '');
    const body = await readText(request);
    state.asked.push(name);
    try {
      need(request.method === 'POST', 'invalid_request', 405);
      if (name === '/oauth2/token') return void response.end(JSON.stringify(token(request, body)));
      need(endpoints[name], 'invalid_request', 404);
      need(tokens.has(request.headers.authorization?.replace(/^Bearer /, '') ?? ''), 'invalid_token', 401);
      need(request.headers['content-type'] === 'application/json');
      if (name === 'signatures/signHash' && (await misbehave(response))) return;
      response.setHeader('content-type', 'application/json');
      const answer = JSON.stringify(await endpoints[name]!(JSON.parse(body) as Body));
      if (name === 'signatures/signHash' && isLost()) response.destroy();
      else response.end(answer);
    } catch (error) {
      const { message } = error as Error;
      response.writeHead(error instanceof Refusal ? error.status : 500).end(JSON.stringify({ error: message }));
    }
  };

  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/csc/v2`,
    tokenUrl: `${origin}/oauth2/token`,
    state,
    /** @param only what it answers of this credential */
    behave(behaviour: Behaviour, only?: string) {
      state.behaviour = behaviour;
      state.only = only;
      isFirstAsked = true;
      hasLost = false;
    },
    /** All tokens that were given out hold no more. */
    takeTokensBack: () => tokens.clear(),
    addCredential: (id: string, kind: Kind = 'P-256', mode: Mode = 'implicit') =>
      void credentials.set(id, createHeld(kind, mode)),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
export type CscServer = Awaited<ReturnType<typeof startCscServer>>;

/** ECDSA over a digest that was made elsewhere: openssl signs it as it is. */
const signRaw = (key: KeyObject, digest: Buffer): Buffer => {
  const folder = createFolder();
  const paths = {
    key: folder.write('key.pem', key.export({ type: 'pkcs8', format: 'pem' })),
    digest: folder.write('digest', digest),
    signature: folder.write('signature', ''),
  };
  run('openssl', 'pkeyutl', '-sign', '-inkey', paths.key, '-in', paths.digest, '-out', paths.signature);
  const signature = readFileSync(paths.signature);
  folder.remove();
  return signature;
};

/** r and s of a DER Ecdsa-Sig-Value of P-256, 32 octets each. */
const toNumbers = (der: Buffer): Buffer => {
  const length = der[3]!;
  const [r, s] = [der.subarray(4, 4 + length), der.subarray(6 + length)];
  return Buffer.concat([r, s].map((one) => Buffer.concat([Buffer.alloc(32), one]).subarray(-32)));
};
