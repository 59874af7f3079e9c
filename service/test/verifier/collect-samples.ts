import { sealWith } from '../evidence-chain.ts';
import { generateKeyPairSync } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Evidence, SealedEntry } from '@tu-esign/contract';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { openAuthority, type Authority } from '#authority/authority.ts';
import { appendEvidence } from '#signing/evidence.ts';
import { createKeys } from '../keys.ts';
import { createFolder } from '../tools.ts';
import { changedAt, spread } from './changed.ts';
import { collectDocuments } from './collect-documents.ts';
import type { Sample } from './judge-samples.ts';
import { pemFiles, signatures, timeStampResponses } from './samples.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What the real constancia conserves. */
const artefacts = { agreement: '6533901d156ca462d0a40380d5bc0a2264b0333b66de701268f5b2ab745f973e' };

/** Time-stamps as they are, and the real one with a bit changed here and there. */
const conservations = (): Sample[] => {
  const whole = timeStampResponses.map((response, at) => [`time-stamp ${at}`, response] as const);
  const [constancia] = timeStampResponses;
  const changed = spread(constancia!.length, 60).map(
    (at) => [`constancia, changed at ${at}`, changedAt(constancia!, at)] as const,
  );
  return [...whole, ...changed].map(([name, content]) => ({
    name,
    kind: 'conservation',
    content: base64(content),
    artefacts,
  }));
};

const createEvidence = async (authority: Authority): Promise<Evidence> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [seal, certificates] = [sealWith(privateKey), await authority.certifySeal(publicKey)];
  const entries: SealedEntry[] = [];
  for (const kind of ['token-accepted', 'document-shown', 'completed'] as const) {
    const entry = appendEvidence(entries.at(-1), { kind, data: { identifier: 'CREDITO-1' } }, new Date());
    entries.push({ ...entry, seal: seal({ signing: 'one', sequence: entry.sequence, digest: entry.digest }) });
  }
  return { signing: 'one', identifier: 'CREDITO-1', entries, certificates } as unknown as Evidence;
};

const openOwnAuthority = async (): Promise<Authority> => {
  const folder = createFolder();
  const authority = await openAuthority({ keys: createKeys(folder.path), now: () => new Date() });
  folder.remove();
  return authority;
};

const evidences = async (): Promise<Sample[]> => {
  const authority = await openOwnAuthority();
  const evidence = await createEvidence(authority);
  const root = authority.rootPem;
  const withSecond = (changes: object): Evidence => ({
    ...evidence,
    entries: evidence.entries.with(1, { ...evidence.entries[1]!, ...changes }),
  });
  return [
    { name: 'evidence', kind: 'evidence', evidence, root },
    { name: 'evidence without a root', kind: 'evidence', evidence, root: undefined },
    { name: 'evidence of another root', kind: 'evidence', evidence, root: rootCertificates[0]! },
    { name: 'altered evidence', kind: 'evidence', evidence: withSecond({ data: {} }), root },
    { name: 'evidence with another seal', kind: 'evidence', evidence: withSecond({ seal: 'seal' }), root },
    { name: 'evidence of another signing', kind: 'evidence', evidence: { ...evidence, signing: 'two' }, root },
  ];
};

const certificates = (): Sample[] =>
  [...rootCertificates, ...pemFiles].map((pem, at) => ({
    name: `certificate ${at}`,
    kind: 'certificate',
    content: base64(fromPem(pem)),
  }));

/** All that is judged on both platforms. */
export const collectSamples = async (): Promise<Sample[]> => [
  ...conservations(),
  ...(await evidences()),
  ...(await collectDocuments()),
  ...signatures.map((cms, at): Sample => ({ name: `signature ${at}`, kind: 'signature', content: base64(cms) })),
  ...certificates(),
];
