import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemType, SigningView } from '@tu-esign/contract';
import { expectDiscreetLog, expectProblem } from '../../test/problems.ts';
import { follow, postSigning } from '../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../test/running-service.ts';
import { origin } from '../../test/tokens.ts';

let service: RunningService;
let signing: SigningView;
let other: SigningView;
beforeAll(async () => {
  service = await startRunningService();
  const digest = await service.upload(agreement);
  [signing, other] = await Promise.all([sign('one', digest), sign('other', digest)]);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const sign = async (identifier: string, digest: string): Promise<SigningView> => {
  const token = await service.tokens.signing(identifier, digest);
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  return (await follow(service, id, token)).at(-1)!;
};

const withQuery = (href: string, name: string, change: (value: string) => string): string => {
  const url = new URL(href);
  url.searchParams.set(name, change(url.searchParams.get(name) ?? ''));
  return url.href;
};

/** The first character holds six bits of the signature, the last one fewer. */
const otherFirst = (value: string): string => (value.startsWith('A') ? 'B' : 'A') + value.slice(1);

test.each<[string, (href: string) => string]>([
  ['an altered signature', (href) => withQuery(href, 'signature', otherFirst)],
  ['a shortened signature', (href) => withQuery(href, 'signature', (value) => value.slice(0, 8))],
  ['a signature of nothing', (href) => withQuery(href, 'signature', () => '')],
  ['a later end', (href) => withQuery(href, 'expires', (value) => `${Number(value) + 3_600}`)],
  ['an end in other words', (href) => withQuery(href, 'expires', (value) => `0${value}`)],
  ['no query', (href) => href.slice(0, href.indexOf('?'))],
  ['another file', (href) => href.replace('/files/document?', '/files/evidence?')],
  ['an unknown file', (href) => href.replace('/files/document?', '/files/autograph?')],
  ['another signing', (href) => href.replace(signing.id, other.id)],
  ['no signing', (href) => href.replace(signing.id, '00000000-0000-4000-8000-000000000000')],
])('a link with %s opens nothing', async (_name, change) => {
  const { href } = signing.outputs.document.link!;
  expect((await fetch(href)).status).toBe(200);
  await expectProblem(await fetch(change(href)), 'link-invalid');
});

test.each<[string, string, ProblemType]>([
  ['GET', '/', 'not-found'],
  ['GET', '/v1/nothing', 'not-found'],
  ['GET', '/v1/signings/decline/files', 'not-found'],
  ['GET', '/element/..%2f..%2fpackage.json', 'not-found'],
  ['DELETE', '/v1/signing-request', 'method-not-allowed'],
  ['PATCH', '/v1/signings/some', 'method-not-allowed'],
  ['LINK', '/v1/signings/some', 'method-not-allowed'],
  ['POST', '/v1/openapi.json', 'not-found'],
])('%s %s is %s', async (method, path, type) => {
  await expectProblem(await fetch(service.url + path, { method }), type);
});

const preflight = (from: string): Promise<Response> =>
  fetch(`${service.url}/v1/signings`, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  });

test('a preflight of a host’s page is answered for exactly that page', async () => {
  const { status, headers } = await preflight(origin);
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-allow-headers')).toContain('authorization');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  expect(headers.get('vary')).toMatch(/origin/i);
});

test.each(['https://evil.example', 'null', `${origin}.evil.example`, 'http://bank.example', `${origin}:8443`])(
  'a preflight from %s is refused',
  async (from) => {
    const response = await preflight(from);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    await expectProblem(response, 'origin-mismatch');
  },
);

test('a problem is told to a host’s page too, and to no other', async () => {
  expect(await pageToldOfProblem(origin)).toBe(origin);
  expect(await pageToldOfProblem('https://evil.example')).toBeNull();
});

const pageToldOfProblem = async (from: string): Promise<string | null> => {
  const { status, headers } = await fetch(`${service.url}/v1/signing-request`, { headers: { origin: from } });
  expect(status).toBe(401);
  return headers.get('access-control-allow-origin');
};
