import { constants as padding, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { constants, deflateSync, gzipSync } from 'node:zlib';
import { array, assert, nat, property, tuple, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { browserPorts } from '@tu-esign/verifier/ports/browser.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { DigestAlgorithm, SignatureCheck } from '@tu-esign/verifier/ports/ports.ts';

/** A browser's ports beside Node's own; WebCrypto is in Node as well. */

const both = [nodePorts, browserPorts];
const digests: DigestAlgorithm[] = ['sha1', 'sha256', 'sha384', 'sha512'];
const text = Buffer.from('lo que se firma '.repeat(1_000));

const digestsOf = (bytes: Uint8Array): string[][] =>
  both.map((ports) => digests.map((name) => Buffer.from(ports.digest(name, bytes)).toString('hex')));

test('digests are the same', () => {
  assert(
    property(uint8Array({ maxLength: 300 }), (bytes) => {
      const [node, browser] = digestsOf(bytes);
      expect(browser).toEqual(node);
    }),
    { numRuns: 50 },
  );
});

const inflate = (bytes: Uint8Array, most: number): string[] =>
  both.map((ports) => {
    try {
      return Buffer.from(ports.inflate(bytes, most)).toString('latin1');
    } catch {
      return 'refused';
    }
  });

test('what was deflated is inflated as zlib does it, as far as it goes', () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(50_000)));
  const deflated = [
    ...[0, 1, 6, 9].map((level) => deflateSync(Buffer.concat([text, noise]), { level })),
    deflateSync(text, { strategy: constants.Z_FIXED }),
    deflateSync(text, { strategy: constants.Z_HUFFMAN_ONLY }),
    deflateSync(Buffer.alloc(0)),
    deflateSync(Buffer.alloc(300_000, 7)),
  ];
  for (const whole of deflated) {
    expect(inflate(whole, 1 << 20)[1]).not.toBe('refused');
    const cut = Array.from({ length: 25 }, (_, at) => whole.subarray(0, Math.floor((whole.length * at) / 25)));
    const odd = [1, 2, 3, 4, 5].map((less) => whole.subarray(0, Math.max(0, whole.length - less)));
    for (const bytes of [whole, Buffer.concat([whole, Buffer.from('endstream')]), ...cut, ...odd]) {
      const [node, browser] = inflate(bytes, 1 << 20);
      expect(browser).toBe(node);
    }
  }
});

test('what was altered is inflated, or refused, as zlib does it', () => {
  const originals = [text.subarray(0, 400), Buffer.from(crypto.getRandomValues(new Uint8Array(300)))].flatMap(
    (bytes) => [
      deflateSync(bytes),
      deflateSync(bytes, { level: 0 }),
      deflateSync(bytes, { strategy: constants.Z_FIXED }),
    ],
  );
  const altered = tuple(nat(originals.length - 1), array(tuple(nat(500), nat(255)), { minLength: 1, maxLength: 4 }));
  assert(
    property(altered, ([index, changes]) => {
      const bytes = Buffer.from(originals[index]!);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const [node, browser] = inflate(bytes, 1 << 20);
      expect(browser).toBe(node);
    }),
    { numRuns: 1_500 },
  );
});

test.each<[string, Uint8Array]>([
  ['a bomb', deflateSync(Buffer.alloc(8 << 20))],
  ['a text', text],
  ['gzip', gzipSync(text)],
  ['raw deflate', deflateSync(text).subarray(2)],
  ['a preset dictionary', deflateSync(text, { dictionary: Buffer.from('firma') })],
  ['a block of no type', Buffer.from('789c07', 'hex')],
])('%s is refused', (_, bytes) => {
  expect(inflate(bytes, 1 << 20)).toEqual(['refused', 'refused']);
});

test('as much is inflated as is allowed, and no byte more', () => {
  const deflated = deflateSync(text);
  expect(inflate(deflated, text.length)[1]).toBe(text.toString());
  expect(inflate(deflated, text.length - 1)).toEqual(['refused', 'refused']);
});

interface Signed extends Pick<SignatureCheck, 'scheme' | 'digest' | 'saltLength'> {
  keys: { publicKey: KeyObject; privateKey: KeyObject };
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const [p256, p384, p521, secp256k1] = ['P-256', 'P-384', 'P-521', 'secp256k1'].map((namedCurve) =>
  generateKeyPairSync('ec', { namedCurve }),
);

const signatureOf = ({ keys, scheme, digest, saltLength }: Signed): Buffer => {
  const options = { padding: padding.RSA_PKCS1_PSS_PADDING, saltLength: saltLength! };
  return sign(digest, text, { key: keys.privateKey, ...(scheme === 'rsa-pss' && options) });
};

const toCheck = ({ keys, ...signed }: Signed, changes: Partial<SignatureCheck> = {}): SignatureCheck => ({
  ...signed,
  publicKey: keys.publicKey.export({ format: 'der', type: 'spki' }),
  bytes: text,
  signature: signatureOf({ keys, ...signed }),
  ...changes,
});

const verify = (check: SignatureCheck): Promise<boolean[]> => Promise.all(both.map((ports) => ports.verify(check)));

test.each<[string, Signed]>([
  ...digests.map((digest): [string, Signed] => [`RSA, ${digest}`, { keys: rsa, scheme: 'rsa-pkcs1', digest }]),
  ['RSA of 1024 bits', { keys: small, scheme: 'rsa-pkcs1', digest: 'sha256' }],
  ['RSASSA-PSS', { keys: rsa, scheme: 'rsa-pss', digest: 'sha256', saltLength: 32 }],
  ['RSASSA-PSS, another salt', { keys: rsa, scheme: 'rsa-pss', digest: 'sha512', saltLength: 20 }],
  ['RSASSA-PSS, a key for it alone', { keys: pss, scheme: 'rsa-pss', digest: 'sha384', saltLength: 48 }],
  ['P-256', { keys: p256!, scheme: 'ecdsa', digest: 'sha256' }],
  ['P-256, SHA-1', { keys: p256!, scheme: 'ecdsa', digest: 'sha1' }],
  ['P-384', { keys: p384!, scheme: 'ecdsa', digest: 'sha384' }],
  ['P-521', { keys: p521!, scheme: 'ecdsa', digest: 'sha512' }],
])('%s verifies on both, and nothing else does', async (_, signed) => {
  // numbers of ECDSA are shorter at times
  for (let round = 0; round < (signed.scheme === 'ecdsa' ? 20 : 1); round += 1)
    expect(await verify(toCheck(signed))).toEqual([true, true]);
  const { signature } = toCheck(signed);
  const changed = Buffer.from(signature);
  changed[changed.length - 1]! ^= 1;
  for (const changes of [
    { bytes: text.subarray(1) },
    { signature: changed },
    { signature: Buffer.concat([signature, Buffer.of(0)]) },
    { signature: new Uint8Array() },
    { digest: signed.digest === 'sha256' ? ('sha384' as const) : ('sha256' as const) },
    { publicKey: Buffer.from('3000', 'hex') },
    { scheme: signed.scheme === 'ecdsa' ? ('rsa-pkcs1' as const) : ('ecdsa' as const) },
  ])
    expect(await verify(toCheck(signed, { signature, ...changes }))).toEqual([false, false]);
});

test('a salt of another length than is said does not verify', async () => {
  const signature = signatureOf({ keys: rsa, scheme: 'rsa-pss', digest: 'sha256', saltLength: 32 });
  const said: Signed = { keys: rsa, scheme: 'rsa-pss', digest: 'sha256', saltLength: 20 };
  expect(await verify(toCheck(said, { signature }))).toEqual([false, false]);
});

const sequence = (...parts: Uint8Array[]): Buffer => {
  const contents = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, contents.length), contents]);
};

test('ECDSA’s numbers are written in one way only', async () => {
  const signed: Signed = { keys: p256!, scheme: 'ecdsa', digest: 'sha256' };
  const { signature } = toCheck(signed);
  const [r, s] = [signature.subarray(2, 4 + signature[3]!), signature.subarray(4 + signature[3]!)];
  expect(await verify(toCheck(signed, { signature: sequence(r, s) }))).toEqual([true, true]);
  const padded = Buffer.concat([Buffer.of(0x02, r[1]! + 1, 0), r.subarray(2)]);
  const longer = Buffer.concat([Buffer.of(0x02, 0x81, r[1]!), r.subarray(2)]);
  const positive = r[2] === 0 ? [] : [padded];
  const odd = [sequence(longer, s), sequence(r, s, s), sequence(s), ...positive.map((number) => sequence(number, s))];
  for (const other of odd) expect(await verify(toCheck(signed, { signature: other }))).toEqual([false, false]);
});

test('a curve that WebCrypto does not know, and a key with conditions, verify in Node alone', async () => {
  expect(await verify(toCheck({ keys: secp256k1!, scheme: 'ecdsa', digest: 'sha256' }))).toEqual([true, false]);
  const conditions = { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' };
  const keys = generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...conditions });
  const check = toCheck({ keys, scheme: 'rsa-pss', digest: 'sha256', saltLength: 32 });
  expect(await verify(check)).toEqual([true, false]);
});
