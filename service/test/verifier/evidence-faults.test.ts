import { sealWith } from '../evidence-chain.ts';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Evidence, EvidenceKind, SealedEntry } from '@tu-esign/contract';
import { evidencePolicy, signatoryPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import { isIdentifierSealed, judgeEvidence } from '@tu-esign/verifier/evidence/judge-evidence.ts';
import { toFaults } from '@tu-esign/verifier/evidence/judge-files.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { integer, objectIdentifier, sequence } from '#asn1/der.ts';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { appendEvidence } from '#signing/evidence.ts';
import {
  authority,
  constraints,
  daysFromNow,
  extension,
  issue,
  purpose,
  purposes,
  signatory,
  today,
  type Party,
} from '../pki/certificates.ts';

/** Evidence in which one thing does not hold: what is told, and of which entry. */

const policy = (type: string) => extension('2.5.29.32', sequence(sequence(objectIdentifier(type))));
const sealing = [...signatory, policy(evidencePolicy)];

const root = issue('Raíz de la evidencia', { extensions: authority() });
const other = issue('Otra raíz', { extensions: authority() });
const key = issue('Sello', { issuer: root, extensions: sealing });
/** The key that came after it. */
const next = issue('Sello que sigue', { issuer: root, extensions: sealing });

const pemOf = (...parties: readonly Party[]): string => parties.map(({ pem }) => pem).join('');

interface Written {
  kind?: string;
  data?: Record<string, unknown>;
  by?: Party;
  at?: Date;
}

const write = (written: readonly Written[], certificates = pemOf(key, next, root)): Evidence => {
  const entries: SealedEntry[] = [];
  for (const { kind = 'completed', data = {}, by = key, at = today } of written) {
    const entry = appendEvidence(entries.at(-1), { kind: kind as EvidenceKind, data }, at);
    const head = { signing: 'one', sequence: entry.sequence, digest: entry.digest };
    entries.push({ ...entry, seal: sealWith(by.privateKey)(head) });
  }
  return { version: 1, signing: 'one', identifier: 'CREDITO-1', entries, certificates };
};

const judge = (evidence: Evidence, held: string | undefined = root.pem) => judgeEvidence(evidence, held, nodePorts);

const withEntry = (evidence: Evidence, at: number, change: Partial<SealedEntry>): Evidence => ({
  ...evidence,
  entries: evidence.entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

const order = { what: 'order', detail: 'it does not follow the entry before it' };
const digest = { what: 'digest', detail: 'its digest is of something else' };
const seal = { what: 'seal', detail: 'no seal of it verifies' };
const certificate = (detail: string) => ({ what: 'certificate', detail });
const unreached = expect.stringMatching(/^the chain does not reach the root, or was not valid then(?:: .+)?$/);

const three = write([{}, {}, {}]);

test('evidence as it was written holds, by the root and among its certificates', async () => {
  expect(await judge(three)).toEqual([]);
  expect(await judgeEvidence(three, undefined, nodePorts)).toEqual([]);
});

test('an entry that says something else is told, and those behind it hold', async () => {
  expect(await judge(withEntry(three, 1, { data: { a: 1 } }))).toEqual([{ entry: 2, ...digest }]);
});

test('an entry that was taken out is told of the one behind it', async () => {
  const entries = three.entries.filter((_, index) => index !== 1);
  expect(await judge({ ...three, entries })).toEqual([{ entry: 2, ...order }]);
});

/** An entry that its own key has sealed anew, with something else in it. */
const forge = (evidence: Evidence, at: number, change: Partial<SealedEntry>): Evidence => {
  const { digest: _, seal: __, ...entry } = { ...evidence.entries[at]!, ...change };
  const own = createHash('sha256').update(canonicalJson(entry)).digest('hex');
  const head = { signing: 'one', sequence: entry.sequence, digest: own };
  return withEntry(evidence, at, { ...change, digest: own, seal: sealWith(key.privateKey)(head) });
};

test('an entry that names another one before it, or another place, is told, though digest and seal are right', async () => {
  expect(await judge(forge(three, 2, { previous: '0'.repeat(64) }))).toEqual([{ entry: 3, ...order }]);
  expect(await judge(forge(three, 2, { sequence: 5 }))).toEqual([{ entry: 3, ...order }]);
});

test('faults are told in the order of the entries, whatever they are', async () => {
  const noSeal = withEntry(three, 0, { seal: three.entries[1]!.seal });
  expect(await judge(withEntry(noSeal, 1, { data: { a: 1 } }))).toEqual([
    { entry: 1, ...seal },
    { entry: 2, ...digest },
  ]);
  expect(await judge(withEntry(withEntry(three, 2, { data: { a: 1 } }), 1, { seal: 'none' }))).toEqual([
    { entry: 2, ...seal },
    { entry: 3, ...digest },
  ]);
});

test('an entry without a seal is covered by the next one that has one, and by none where nothing comes', async () => {
  const covered = withEntry(withEntry(three, 0, { seal: '' }), 1, { seal: '' });
  expect(await judge(covered)).toEqual([]);
  expect(await judge(withEntry(covered, 0, { data: { a: 1 } }))).toEqual([{ entry: 1, ...digest }]);
  // Written anew by who has no key: its digest is right, and what follows it no longer does.
  const { digest: own } = forge(covered, 1, { data: { a: 1 } }).entries[1]!;
  expect(await judge(withEntry(covered, 1, { data: { a: 1 }, digest: own }))).toEqual([{ entry: 3, ...order }]);
  const everywhere = [
    { entry: 1, ...seal },
    { entry: 2, ...seal },
    { entry: 3, ...seal },
  ];
  expect(await judge(withEntry(covered, 2, { seal: 'none' }))).toEqual(everywhere);
  expect(await judge(withEntry(covered, 2, { seal: '' }))).toEqual(everywhere);
  expect(await judge(withEntry(withEntry(three, 1, { seal: '' }), 2, { seal: '' }))).toEqual(everywhere.slice(1));
});

test('another identifier is told of the entry that names it, and of no other kind of entry', async () => {
  const named = write([
    { kind: 'taken', data: { identifier: 'x' } },
    { kind: 'token-accepted', data: { identifier: 'CREDITO-2' } },
  ]);
  expect(await judge(named)).toEqual([
    { entry: 2, what: 'identifier', detail: 'it names another identifier than the file' },
  ]);
});

const tokenOf = (identifier: string): Written => ({ kind: 'token-accepted', data: { identifier } });

test('an identifier is sealed where an accepted token names it', () => {
  expect(isIdentifierSealed(write([{}, tokenOf('CREDITO-1')]))).toBe(true);
  expect(isIdentifierSealed(write([tokenOf('CREDITO-2')]))).toBe(false);
  expect(isIdentifierSealed(write([{ kind: 'taken', data: { identifier: 'CREDITO-1' } }]))).toBe(false);
});

test('a key that came later seals as well, where it is one that seals evidence', async () => {
  const later = [{}, { by: next }];
  expect(await judge(write(later))).toEqual([]);
  for (const extensions of [
    signatory,
    [...signatory, policy(signatoryPolicy)],
    [...authority(), policy(evidencePolicy)],
  ]) {
    const stranger = issue(`Otra llave ${extensions.length}`, { issuer: root, extensions });
    const sealed = write([{}, { by: stranger }], pemOf(key, stranger, root));
    expect(await judge(sealed)).toEqual([{ entry: 2, ...seal }]);
  }
});

test('what a certificate that cannot be judged has sealed is not sealed', async () => {
  const odd = issue('Política ilegible', {
    issuer: root,
    extensions: [...signatory, extension('2.5.29.32', integer(1))],
  });
  expect(await judge(write([{}, { by: odd }], pemOf(key, odd, root)))).toEqual([{ entry: 2, ...seal }]);
});

test.each(['p384', 'rsa2048'] as const)('a key of another kind seals nothing: %s', async (kind) => {
  const strange = issue(`Sello ${kind}`, { key: kind, issuer: root, extensions: sealing });
  expect(await judge(write([{}], pemOf(strange, root)))).toEqual([{ entry: 1, ...seal }]);
  expect(await judge(write([{ by: strange }], pemOf(strange, root)))).toEqual([{ entry: 1, ...seal }]);
});

test.each([
  ['nothing', ''],
  ['a certificate that is none', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'],
])('without a certificate that can be read nothing holds: %s', async (_what, certificates) => {
  expect(await judge({ ...three, certificates })).toEqual([
    { entry: 1, ...seal },
    { entry: 2, ...seal },
    { entry: 3, ...seal },
    certificate('there is none that can be read'),
  ]);
});

test('the first certificate is of a key that seals, whatever the others are', async () => {
  const detail = 'the first is not of a key that seals evidence';
  const person = issue('Persona', { issuer: root, extensions: signatory });
  const ca = issue('Autoridad que sella', { issuer: root, extensions: [constraints(true), ...sealing] });
  for (const first of [person, ca])
    expect(await judge(write([{ by: first }], pemOf(first, key, root)))).toEqual([certificate(detail)]);
});

test('the root that is held counts, and the certificates of the file where none is', async () => {
  expect(await judge(three, other.pem)).toEqual([certificate(unreached)]);
  const alone = { ...three, certificates: pemOf(key, next) };
  expect(await judge(alone)).toEqual([]);
  expect(await judgeEvidence(alone, undefined, nodePorts)).toEqual([certificate(unreached)]);
});

test('why a chain does not hold is told where it is known', async () => {
  const web = issue('De páginas', { issuer: root, extensions: [...authority(), purposes(false, purpose.server)] });
  const below = issue('Sello bajo otra', { issuer: web, extensions: sealing });
  const [fault] = await judge(write([{ by: below }], pemOf(below, web, root)));
  expect(fault).toEqual(
    certificate(
      'the chain does not reach the root, or was not valid then: an authority does not certify for this purpose',
    ),
  );
});

test('each key’s certificate is valid when it sealed first, and when it sealed last', async () => {
  const short = issue('Sello breve', { issuer: root, extensions: sealing, from: daysFromNow(-3), to: daysFromNow(-1) });
  const [early, within, late] = [-4, -2, 0].map(daysFromNow) as [Date, Date, Date];
  const sealedAt = (...times: Date[]) =>
    write(
      times.map((at) => ({ by: short, at })),
      pemOf(short, key, root),
    );
  expect(await judge(sealedAt(within))).toEqual([]);
  expect(await judge(sealedAt(early, within))).toEqual([certificate(unreached)]);
  expect(await judge(sealedAt(within, late))).toEqual([certificate(unreached)]);
  const behind = write([{ by: short, at: within }, { at: late }], pemOf(short, key, root));
  expect(await judge(behind)).toEqual([]);
  // Of an entry that nobody has sealed the first key is held to have sealed it.
  const unsealed = withEntry(sealedAt(within, late), 1, { seal: '' });
  expect(await judge(unsealed)).toEqual([{ entry: 2, ...seal }, certificate(unreached)]);
});

test('a file that the evidence does not name is told, and no other', () => {
  const file = { path: 'a.pdf', digest: 'ab', name: undefined };
  expect(toFaults([{ ...file, path: 'b.pdf', name: 'agreement' }, file])).toEqual([
    { what: 'file', detail: 'a.pdf is not a file that the evidence names' },
  ]);
});
