import { createHmac, KeyObject, sign } from 'node:crypto';
import { constantFrom, option, record } from 'fast-check';
import { CompactSign } from 'jose';
import { expect } from 'vitest';
import { createHostRegistry } from '#hosts/registry.ts';
import { createTokenVerifier } from '#hosts/token.ts';
import { bearerProblems } from '#http/request/bearer.ts';
import type { Problem } from '#problem.ts';
import { digestOf } from '#signing/digest.ts';
import { createHostKey, secret } from '../host-keys.ts';
import { bankKey, createTokens, hosts, origin, signatory } from '../tokens.ts';
import { alter, altered } from './alterations.ts';
import { fuzz } from './fuzz.ts';
import { replace, replacements } from './odd-json.ts';
import { expectStorable, outcomeAfter } from './outcome.ts';

const audience = 'https://sign.example';
const verifier = createTokenVerifier({ registry: createHostRegistry(hosts), audience, now: () => new Date() });
const tokens = createTokens(audience);
const attacker = await createHostKey('bank-1');
const longLived = { claims: { exp: Math.floor(Date.now() / 1000) + 590 } };
const shop = { claims: { iss: 'https://shop.example', origin: 'https://shop.example', ...longLived.claims } };
const originals = [
  await tokens.signing('CREDITO-1', digestOf('agreement'), longLived),
  await tokens.documents(longLived),
  await tokens.signing('PEDIDO-1', digestOf('agreement'), {
    ...shop,
    header: { alg: 'HS256', kid: undefined },
    key: new TextEncoder().encode(secret),
  }),
];

// all keys are at hand, so that none can be unavailable
const closed = ['good', ...bearerProblems.filter((type) => type !== 'host-keys-unavailable')];

/** What verifying as a signing's and as an upload's token comes to: each a problem of the closed set, or good. */
const outcomes = async (jwt: string): Promise<string[]> => {
  const work = [() => verifier.verifySigning(jwt, origin), () => verifier.verifyDocuments(jwt, undefined)];
  const found = await Promise.all(work.map(outcomeAfter));
  for (const outcome of found) expect(closed).toContain(outcome);
  return found;
};

const signedPart = (jwt: string): string => jwt.slice(0, jwt.lastIndexOf('.'));
const signatureOf = (jwt: string): Buffer => Buffer.from(jwt.slice(jwt.lastIndexOf('.') + 1), 'base64url');

fuzz('tokens: altered bytes', altered(originals.length), async ([index, changes]) => {
  const original = originals[index]!;
  const jwt = alter(Buffer.from(original), changes).toString('latin1');
  const same = signedPart(jwt) === signedPart(original) && signatureOf(jwt).equals(signatureOf(original));
  if (same) return;
  expect(await outcomes(jwt)).not.toContain('good');
});

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const [, payload] = originals[0]!.split('.') as [string, string, string];
const headerOf = (jwt: string): object => JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()) as object;
const attack = {
  alg: constantFrom('ES256', 'none', 'None', 'HS256', 'HS512', 'RS256', 'PS256', 'ES384', 'EdDSA', 'es256', ''),
  extra: constantFrom(
    {},
    { jwk: attacker.jwk },
    { jku: 'https://attacker.example/keys.json' },
    { x5u: 'https://attacker.example/chain.pem' },
    { x5c: [attacker.pem] },
    { crit: ['b64'], b64: false },
    { crit: ['exp'], exp: 1 },
    { crit: [] },
    { zip: 'DEF' },
    { kid: '../../bank-1' },
    { typ: 'at+jwt' },
  ),
};
const hmac = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest();
const byAttacker = (text: string): Buffer => {
  const key = { key: KeyObject.from(attacker.privateKey), dsaEncoding: 'ieee-p1363' as const };
  return sign('sha256', Buffer.from(text), key);
};
// none of these is the bank's private key
const forgeries = {
  nothing: () => Buffer.alloc(0),
  zeros: () => Buffer.alloc(64),
  attacker: byAttacker,
  publicPem: hmac(bankKey.pem),
  publicJwk: hmac(JSON.stringify(bankKey.jwk)),
  empty: hmac(''),
};
const forged = record({
  ...attack,
  changes: option(replacements, { nil: [] }),
  by: constantFrom(...(Object.keys(forgeries) as (keyof typeof forgeries)[])),
});

fuzz('tokens: altered headers', forged, async ({ alg, extra, changes, by }) => {
  const header = replace({ ...headerOf(originals[0]!), alg, ...extra }, changes);
  const text = `${encode(header)}.${payload}`;
  const found = await outcomes(`${text}.${forgeries[by](text).toString('base64url')}`);
  expect(found).not.toContain('good');
});

const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
const words = Object.values(signatory);

fuzz('tokens: altered claims', replacements, async (changes) => {
  const text = replace(claims, changes);
  const signed = new CompactSign(Buffer.from(text)).setProtectedHeader({ alg: 'ES256', kid: 'bank-1', typ: 'JWT' });
  const jwt = await signed.sign(bankKey.privateKey);
  try {
    const { token } = await verifier.verifySigning(jwt, origin);
    expect(Object.keys(claims)).toEqual(expect.arrayContaining(Object.keys(token)));
    expectStorable(token);
  } catch (error) {
    expect(closed).toContain((error as Problem).type);
    for (const word of words) expect((error as Problem).message).not.toContain(word);
  }
});
