import type { ProblemType } from '@tu-esign/contract';
import { expectProblem } from './problems.ts';
import type { RunningService } from './running-service.ts';
import { origin, shopToken } from './tokens.ts';

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
    ['scope-insufficient', await tokens.signing('wrong token', digest)],
    ['scope-insufficient', await tokens.documents()],
    ['token-expired', await tokens.signings({ claims: { iat: now - 400, exp: now - 100 } })],
    ['token-audience', await tokens.signings({ claims: { aud: 'https://elsewhere.example' } })],
    ['token-lifetime', await tokens.signings({ claims: { exp: now + 3_600 } })],
    ['host-unknown', await tokens.signings({ claims: { iss: 'https://nobody.example' } })],
    ['token-claims', await tokens.signings({ claims: { jti: undefined } })],
    ['token-algorithm', await tokens.signings({ claims: { iss: 'https://shop.example' } })],
    ['token-malformed', await tokens.signings({ header: { typ: 'at+jwt' } })],
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
