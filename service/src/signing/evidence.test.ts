import { generateKeyPairSync, verify, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import type { EvidenceEntry } from '@tu-esign/verifier/evidence/chain.ts';
import { findBreak } from '../../test/evidence-chain.ts';
import { appendEvidence, createSeal, type Observation } from './evidence.ts';

const at = new Date('2026-11-24T12:00:00.000Z');
const observations: Observation[] = [
  { kind: 'token-accepted', data: { issuer: 'https://bank.example', issuedAt: 1 } },
  { kind: 'consent-given', data: { locale: 'es-MX', text: 'Sí' } },
  { kind: 'completed', data: {} },
];

const chainOf = (observed: Observation[]): EvidenceEntry[] => {
  const chain: EvidenceEntry[] = [];
  for (const observation of observed) chain.push(appendEvidence(chain.at(-1), observation, at));
  return chain;
};

const chain = chainOf(observations);
const replace = (index: number, change: Partial<EvidenceEntry>): EvidenceEntry[] =>
  chain.with(index, { ...chain[index]!, ...change });

test('a chain holds, also after a way through JSON and with members in another order', () => {
  expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(chain[0]!.previous).toBe('0'.repeat(64));
  expect(findBreak(JSON.parse(JSON.stringify(chain)) as EvidenceEntry[])).toBeUndefined();
  expect(findBreak(replace(0, { data: { issuedAt: 1, issuer: 'https://bank.example' } }))).toBeUndefined();
  expect(findBreak([])).toBeUndefined();
});

test('the digest is the one anybody computes: SHA-256 of the canonical JSON', () => {
  // printf '%s' '{"at":"2026-11-24T12:00:00.000Z","data":{},"kind":"declined","previous":"0…0","sequence":1}' | sha256sum
  expect(appendEvidence(undefined, { kind: 'declined', data: {} }, at).digest).toBe(
    '2b8fadbad1c9c97141d8a7f63f0bc63fdc33155afc654849c05afe9004642ff3',
  );
});

test.each<[string, number, EvidenceEntry[]]>([
  ['changed data', 2, replace(1, { data: { locale: 'en', text: 'Sí' } })],
  ['a changed kind', 1, replace(0, { kind: 'declined' })],
  ['a changed time', 3, replace(2, { at: '2026-11-24T12:00:00.001Z' })],
  ['a changed digest', 2, replace(1, { digest: 'a'.repeat(64) })],
  ['an entry taken out', 2, chain.toSpliced(1, 1)],
  ['the first entry taken out', 1, chain.slice(1)],
  ['two entries exchanged', 1, [chain[1]!, chain[0]!, chain[2]!]],
  ['an entry written anew', 3, [chain[0]!, chainOf([observations[0]!, observations[2]!])[1]!, chain[2]!]],
  ['an entry twice', 2, [chain[0]!, ...chain]],
])('%s breaks the chain at entry %i', (_name, broken, entries) => {
  expect(findBreak(entries)).toBe(broken);
});

test('the head of a chain is sealed by ECDSA over its canonical JSON', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const head = { signing: 'one', sequence: 3, digest: 'a'.repeat(64) };
  const seal = Buffer.from(
    await createSeal({ sign: async (bytes) => sign('sha256', bytes, privateKey) })(head),
    'base64url',
  );
  expect(verify('sha256', Buffer.from(canonicalJson(head)), publicKey, seal)).toBe(true);
  expect(verify('sha256', Buffer.from(canonicalJson({ ...head, sequence: 2 })), publicKey, seal)).toBe(false);
});
