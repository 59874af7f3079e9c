import { sealWith } from '../evidence-chain.ts';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { EvidenceKind, type Evidence, type SealedEntry } from '@tu-esign/contract';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { isIdentifierSealed, judgeEvidence } from '@tu-esign/verifier/evidence/judge-evidence.ts';
import { judgeFiles, toFaults } from '@tu-esign/verifier/evidence/judge-files.ts';
import { openAuthority } from '#authority/authority.ts';
import { describeEvidence } from '#command/verify/describe-evidence.ts';
import { digestOf } from '#signing/digest.ts';
import { appendEvidence } from '#signing/evidence.ts';
import { createKeys } from '../keys.ts';
import { createFolder } from '../tools.ts';

/** Evidence of every kind that the service writes or ever wrote, and evidence whose certificate was altered. */

const folder = createFolder();
afterAll(() => folder.remove());
const now = () => new Date();
const authority = await openAuthority({ keys: createKeys(folder.path), now });
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [seal, certificates] = [sealWith(privateKey), await authority.certifySeal(publicKey)];
const root = authority.rootPem;
const identifier = 'CREDITO-1';

type Observed = readonly [kind: string, data: Record<string, unknown>];

const sealEvidence = (observed: readonly Observed[]): Evidence => {
  const entries: SealedEntry[] = [];
  for (const [kind, data] of observed) {
    const entry = appendEvidence(entries.at(-1), { kind: kind as EvidenceKind, data }, now());
    entries.push({ ...entry, seal: seal({ signing: 'one', sequence: entry.sequence, digest: entry.digest }) });
  }
  return { version: 1, signing: 'one', identifier, entries, certificates };
};

/** A file of its own for each name. */
const file = (name: string): Buffer => Buffer.from(`the ${name}`);
const named = (name: string): string => digestOf(file(name));
const output = (name: string) => ({ digest: named(name), bytes: 7 });
const token = {
  issuer: 'https://bank.example',
  tokenId: 'one',
  issuedAt: 1,
  expires: 2,
  origin: 'https://bank.example',
};
const signed = { document: output('signed document'), 'key-certificate': output('key certificate') };
/** As releases before this one spelled it. */
const signedEarlier = { document: output('signed document'), keyCertificate: output('key certificate') };
const judged = (artefact: string) => ({ artefact, digest: named('file that was judged'), findings: {} });

const initialsNamed = {
  pngDigest: named('initials as they were drawn'),
  placedDigest: named('initials as they were placed'),
};

/** What each kind's data are: as this release writes them, then as earlier ones did. */
const written: Record<EvidenceKind, Record<string, unknown>[]> = {
  'document-shown': [{ document: named('document as it was shown'), tokenId: 'one', shownAt: '2026-11-24T00:00:00Z' }],
  'token-accepted': [
    { ...token, identifier, document: named('agreement') },
    {
      ...token,
      identifier,
      document: named('agreement'),
      position: 2,
      of: 2,
      given: named('document that was given to sign'),
    },
    token,
  ],
  'document-examined': [{ document: named('agreement'), findings: [{ finding: 'attachment', places: [{ page: 1 }] }] }],
  renewed: [
    {
      document: output('signed document, time-stamped anew'),
      previous: output('signed document before it was time-stamped anew'),
      endedAt: '2036-11-24T00:00:00.000Z',
    },
  ],
  'pages-viewed': [{ viewed: '1-3', pages: 3, observedBy: 'element' }],
  'consent-given': [{ locale: 'en', digest: 'ab'.repeat(32), text: 'I have read the document' }],
  'host-consents-answered': [
    { consents: [{ id: 'news', text: 'News', required: false, digest: 'ab'.repeat(32), accepted: false }] },
  ],
  'autograph-received': [
    { method: 'draw', pngDigest: named('autograph as it was drawn'), strokesDigest: named('strokes') },
    { method: 'type', makingDigest: named('how the autograph was made') },
    {
      method: 'draw',
      initials: { method: 'draw', ...initialsNamed, strokesDigest: named('strokes of the initials') },
    },
    { method: 'draw', initials: { method: 'type', makingDigest: named('how the initials were made') } },
    { pngDigest: named('autograph as it was drawn'), placedDigest: named('autograph as it was placed') },
  ],
  declined: [{ reason: 'Too expensive' }],
  withdrawn: [{ by: 'host', reason: 'Wrong contract' }],
  'received-from': [{ address: '192.0.2.1', userAgent: 'a browser' }],
  submitted: [{ provider: 'embedded' }],
  taken: [{ provider: 'tu-identidad' }],
  'not-signed': [{ provider: 'tu-identidad', code: 'ECONNREFUSED' }],
  'review-needed': [{ provider: 'tu-identidad', problem: 'signed-document-invalid' }],
  resolved: [
    { outcome: 'signed', ...signed, keepsOriginal: true },
    { outcome: 'signed', ...signedEarlier, keepsOriginal: true },
    { outcome: 'not-signed' },
  ],
  verified: [judged('document'), judged('key-certificate'), judged('conservation-certificate')],
  signed: [
    { provider: 'embedded', ...signed },
    { provider: 'embedded', ...signedEarlier },
    { provider: 'tu-identidad', document: signed.document },
  ],
  'key-certified': [output('key certificate'), { ...output('key certificate'), mediaType: 'application/pkix-cert' }],
  conserved: [
    { ...output('conservation certificate'), of: named('signed document'), conserves: 'signed-document' },
    { ...output('conservation certificate'), conserves: named('signed document') },
  ],
  'output-failed': [
    { output: 'key-certificate', problem: 'output-overdue' },
    { output: 'keyCertificate', problem: 'output-overdue' },
  ],
  completed: [{}],
  failed: [{ problem: 'provider-refused' }],
  notified: [{ type: 'signing.signed', messageId: 'one' }],
  downloaded: [{ file: 'document', by: 'host', address: '192.0.2.1' }],
};

const digests = /\b[0-9a-f]{64}\b/g;
/** What is no file's: the consent's text is in the entry itself, and what a constancia is of is named by who signed. */
const ofNoFile = new Set(['consent-given', 'host-consents-answered']);

const judge = (evidence: Evidence, held: string | undefined = root) => judgeEvidence(evidence, held, nodePorts);

test.each(EvidenceKind.options)(
  'evidence of the kind %s holds, and every file that it names is found',
  async (kind) => {
    for (const data of written[kind]) {
      const evidence = sealEvidence([
        ['token-accepted', { ...token, identifier }],
        [kind, data],
      ]);
      expect(await judge(evidence)).toEqual([]);
      const names: readonly string[] = ofNoFile.has(kind)
        ? []
        : (JSON.stringify({ ...data, of: '', conserves: '' }).match(digests) ?? []);
      const files = Object.values(knownFiles).filter(({ digest }) => names.includes(digest));
      expect(files).toHaveLength(names.length);
      const found = judgeFiles(
        evidence,
        files.map(({ name, content }) => ({ path: name, content })),
        nodePorts,
      );
      expect(found.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
      expect(toFaults(found)).toEqual([]);
    }
  },
);

const knownFiles = Object.fromEntries(
  [
    'agreement',
    'document as it was shown',
    'document that was given to sign',
    'autograph as it was drawn',
    'autograph as it was placed',
    'strokes',
    'initials as they were drawn',
    'initials as they were placed',
    'strokes of the initials',
    'how the initials were made',
    'how the autograph was made',
    'signed document',
    'signed document before it was time-stamped anew',
    'signed document, time-stamped anew',
    'key certificate',
    'conservation certificate',
    'file that was judged',
  ].map((name) => [name, { name, content: file(name), digest: named(name) }]),
);

test('a kind of a later release holds as well', async () => {
  expect(await judge(sealEvidence([['danced', { with: 'whom' }]]))).toEqual([]);
});

/** What the first release left in its records: entries that it had not sealed, of signings that were left in each state. */
const firstRelease = (): Observed[][] => {
  const sql = readFileSync(new URL('../fixtures/release-1/records.sql', import.meta.url), 'utf8');
  const rows = sql.matchAll(/insert into "evidence" values \('([^']+)', \d+, '[^']+', '([^']+)', '((?:[^']|'')*)'/g);
  const signings = new Map<string, Observed[]>();
  for (const [, id, kind, data] of rows)
    signings.set(id!, [
      ...(signings.get(id!) ?? []),
      [kind!, JSON.parse(data!.replaceAll("''", "'")) as object as Observed[1]],
    ]);
  return [...signings.values()];
};

test('evidence of the first release, which named no identifier, holds, and that is told', async () => {
  const all = firstRelease().map(sealEvidence);
  expect(all.length).toBeGreaterThan(4);
  for (const evidence of all) {
    expect(await judge(evidence)).toEqual([]);
    expect(isIdentifierSealed(evidence)).toBe(false);
    const text = describeEvidence({ holds: true, anchored: true, evidence, files: [], faults: [] }, false);
    expect(text).toContain('Its identifier is not sealed: no entry names it.');
  }
  const named = sealEvidence([['token-accepted', { ...token, identifier }]]);
  expect(isIdentifierSealed(named)).toBe(true);
  expect(await judge({ ...named, identifier: 'CREDITO-2' })).toMatchObject([{ what: 'identifier' }]);
});

/** The first certificate with one octet of it changed. */
const withAltered = (pem: string, at: number): string => {
  const [, base64, rest] = /^-+BEGIN CERTIFICATE-+\n([^-]+)(-[\s\S]*)$/.exec(pem)!;
  const der = Buffer.from(base64!, 'base64');
  der[at % der.length]! ^= 1 << (at % 8);
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n${rest}`;
};

test('a certificate that was altered in any of its octets is a fault, and nothing is thrown', async () => {
  const evidence = sealEvidence([['token-accepted', { ...token, identifier }]]);
  for (let at = 0; at < 520; at += 1) {
    const altered = { ...evidence, certificates: withAltered(certificates, at) };
    for (const held of [root, undefined]) {
      const faults = await judge(altered, held);
      expect([at, faults.length > 0]).toEqual([at, true]);
      const verdict = { holds: false, anchored: held !== undefined, evidence: altered, files: [], faults };
      for (const asJson of [true, false]) describeEvidence(verdict, asJson);
    }
  }
});

test('a certificate of an authority seals nothing', async () => {
  const evidence = sealEvidence([['token-accepted', { ...token, identifier }]]);
  expect(await judge({ ...evidence, certificates: authority.chainPem })).toMatchObject([
    { what: 'seal' },
    { what: 'certificate', detail: 'the first is not of a key that seals evidence' },
  ]);
});
