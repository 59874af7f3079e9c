import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SigningRequestView } from '@tu-esign/contract';
import { afterAll, expect, it } from 'vitest';
import { FakeService, type FakeClaims } from './fake-service.ts';

// What the element's tests and the gallery do not get, they cannot notice: they get all that the service gives.

const service = new FakeService();
const server = createServer((request, response) => void service.answer(request, response)).listen(0, '127.0.0.1');
await once(server, 'listening');
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
afterAll(() => server.close());

const createClaims = (more: Partial<FakeClaims> = {}): FakeClaims => ({
  identifier: crypto.randomUUID(),
  exp: Date.now() / 1000 + 300,
  locale: 'es-MX',
  document: { digest: service.digests[0]! },
  ...more,
});

const headersOf = (claims: FakeClaims) => {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return { authorization: `Bearer header.${payload}.signature` };
};

const readRequest = async (claims: FakeClaims): Promise<SigningRequestView> => {
  const answer = await fetch(`${base}/signing-request`, { headers: headersOf(claims) });
  return SigningRequestView.parse(await answer.json());
};

const png = new Blob([Buffer.from('89504e470d0a1a0a', 'hex')]);

const sign = async (claims: FakeClaims): Promise<void> => {
  const { consents } = await readRequest(claims);
  const body = new FormData();
  body.set('autograph', png, 'autograph.png');
  body.set('strokes', '{"version":1,"strokes":[1]}');
  body.set('viewed', '[1]');
  body.set('consent', JSON.stringify(consents[0]));
  await fetch(`${base}/signings`, { method: 'POST', headers: headersOf(claims), body });
};

it('gives a signing request as the contract has it, with every member', async () => {
  const members = Object.keys(SigningRequestView.shape).sort();
  expect(Object.keys(await readRequest(createClaims())).sort()).toEqual(members);
});

it('gives it with every member once it is signed, too', async () => {
  const claims = createClaims({ pace: 1 });
  await sign(claims);
  await expect.poll(async () => (await readRequest(claims)).signing?.status).toBe('completed');
  const { signaturePlace } = await readRequest(claims);
  expect(signaturePlace).toEqual({ page: 2, x: 320, y: 60, width: 224, height: 84 });
});

it('places the signature where the host wants it; leaves out what the service would not know either', async () => {
  const placement = { page: -1, x: 1, y: 2, width: 120, height: 48 };
  expect((await readRequest(createClaims({ placement }))).signaturePlace).toEqual({ ...placement, page: 2 });
  const unknown: Partial<FakeClaims>[] = [
    { sequence: { position: 2, of: 2 } },
    { placement: { ...placement, page: 3 } },
    { placeUnknown: true },
  ];
  for (const claims of unknown) {
    expect(await readRequest(createClaims(claims))).not.toHaveProperty('signaturePlace');
  }
});
