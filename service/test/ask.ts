import type { ProblemType } from '@tu-esign/contract';
import { expectProblem } from './problems.ts';
import type { RunningService } from './running-service.ts';
import { createHostKey } from './host-keys.ts';
import { bankKey, origin, shopToken } from './tokens.ts';

/** What a back end asks, and with what. */
export interface Question {
  method?: 'GET' | 'POST' | 'PUT';
  body?: unknown;
  /** In place of a good one. */
  token?: string;
  headers?: Record<string, string>;
}

/** Asks as the bank's back end does. */
export const ask = async (
  service: RunningService,
  path: string,
  { method, body, token, headers }: Question = {},
): Promise<Response> =>
  fetch(service.url + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token ?? (await service.tokens.signings())}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Has the bank's key id, and is not the bank's. */
const stranger = await createHostKey('bank-1');
/** What everybody knows, taken for a secret. */
const bankPem = new TextEncoder().encode(bankKey.pem);

const withoutSignature = (token: string): string => {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
};

/** Every wrong token there is for what is asked server to server, and what it is refused as. */
export const expectWrongTokensRefused = async (
  service: RunningService,
  path: string,
  question: Question,
  digest: string,
): Promise<void> => {
  const now = Math.floor(Date.now() / 1000);
  const { tokens } = service;
  const wrong: [ProblemType, string][] = [
    // A signing by its id is read by its signatory's page as well, and that of another finds none.
    [
      /^\/v1\/signings\/./.test(path) ? 'signing-not-found' : 'scope-insufficient',
      await tokens.signing('wrong', digest),
    ],
    ['scope-insufficient', await tokens.documents()],
    ['token-expired', await tokens.signings({ claims: { iat: now - 400, exp: now - 100 } })],
    ['token-audience', await tokens.signings({ claims: { aud: 'https://elsewhere.example' } })],
    ['token-lifetime', await tokens.signings({ claims: { exp: now + 3_600 } })],
    ['host-unknown', await tokens.signings({ claims: { iss: 'https://nobody.example' } })],
    ['token-claims', await tokens.signings({ claims: { jti: undefined } })],
    ['token-algorithm', await tokens.signings({ claims: { iss: 'https://shop.example' } })],
    ['token-claims', await tokens.signings({ claims: { iss: undefined } })],
    ['token-claims', await tokens.signings({ claims: { identifer: 'one' } })],
    ['token-not-yet-valid', await tokens.signings({ claims: { iat: now + 120, exp: now + 300 } })],
    ['token-signature', await tokens.signings({ key: stranger.privateKey })],
    ['token-signature', await tokens.signings({ header: { kid: 'bank-2' } })],
    ['token-algorithm', await tokens.signings({ header: { alg: 'HS256' }, key: bankPem })],
    ['token-algorithm', withoutSignature(await tokens.signings())],
    ['token-malformed', await tokens.signings({ header: { typ: 'at+jwt' } })],
    ['token-malformed', await tokens.signings({ header: { typ: undefined } })],
    ['token-malformed', 'no-jwt'],
  ];
  for (const [type, token] of wrong) await expectProblem(await ask(service, path, { ...question, token }), type);
  const fromPage = await ask(service, path, { ...question, headers: { origin } });
  await expectProblem(fromPage, 'origin-mismatch');
  const bare = await fetch(service.url + path, { method: question.body === undefined ? 'GET' : 'POST' });
  await expectProblem(bare, 'token-missing');
};

/** Asks as another host does, about which the bank's signings are no business. */
export const askAsShop = async (service: RunningService, path: string, question: Question = {}): Promise<Response> =>
  ask(service, path, { ...question, token: await service.tokens.signings(shopToken) });
