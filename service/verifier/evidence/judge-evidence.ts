import type { Evidence } from '@tu-esign/contract';
import { readPemBlocks } from '#asn1/pem.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { judgeChain, readRoots } from '#certificates/chain.ts';
import { readPolicies } from '#certificates/extensions.ts';
import { evidencePolicy } from '#certificates/policies.ts';
import { maySign } from '#certificates/purposes.ts';
import { p256, readPublicKey } from '#certificates/public-key.ts';
import type { Cryptography } from '#ports/ports.ts';
import { findFaults } from './chain.ts';
import { verifySeal } from './seal.ts';

/** What does not hold, and at which entry, counted from 1, where it is about one. */
export interface Fault {
  entry?: number;
  what: 'order' | 'digest' | 'seal' | 'identifier' | 'certificate' | 'file';
  detail: string;
}

const details = {
  order: 'it does not follow the entry before it',
  digest: 'its digest is of something else',
  seal: 'no seal of it verifies',
};

/**
 * Judges evidence by itself and a root.
 * @param root PEM; without it the certificates are judged among themselves, which proves no origin
 * @returns nothing where all of it holds; else every fault, those of entries in their order
 */
export const judgeEvidence = async (
  evidence: Evidence,
  root: string | undefined,
  ports: Cryptography,
): Promise<Fault[]> => {
  const certificates = readCertificates(evidence.certificates);
  const inChain = findFaults(evidence.entries, ports).map(({ entry, what }) => ({
    entry,
    what,
    detail: details[what],
  }));
  const sealers = await findSealers(evidence, certificates, ports);
  const inSeals = judgeSeals(evidence, sealers);
  const faults: EntryFault[] = [...inChain, ...inSeals, ...judgeIdentifier(evidence)];
  const inCertificates = await judgeCertificates(evidence, { certificates, root, sealers }, ports);
  return [...faults.sort((one, other) => one.entry - other.entry), ...inCertificates];
};

type EntryFault = Fault & { entry: number };

/**
 * Whose key sealed each entry, by its own seal or, where it has none, by the next one's, which covers all before it.
 * Keys are replaced in time, and each has its certificate in the file.
 */
const findSealers = async (
  { signing, entries }: Evidence,
  certificates: readonly Certificate[],
  ports: Cryptography,
): Promise<(Certificate | undefined)[]> => {
  // Those above are of authorities; the first is said to seal whatever it is.
  const those = certificates.filter((certificate, index) => index === 0 || isSealCertificate(certificate));
  const find = async ({ sequence, digest, seal }: Evidence['entries'][number]) => {
    for (const certificate of those) {
      const key = readKey(certificate);
      if (key && (await verifySeal({ signing, sequence, digest }, seal, key, ports))) return certificate;
    }
    return undefined;
  };
  const sealers: (Certificate | undefined)[] = [];
  for (const entry of entries.toReversed()) sealers.unshift(entry.seal === '' ? sealers[0] : await find(entry));
  return sealers;
};

const judgeSeals = ({ entries }: Evidence, sealers: readonly (Certificate | undefined)[]): EntryFault[] =>
  entries.flatMap((_, index) => (sealers[index] ? [] : [{ entry: index + 1, what: 'seal', detail: details.seal }]));

/** Seals cover the entries, and the entries name what is written above them. */
const judgeIdentifier = ({ identifier, entries }: Evidence): EntryFault[] =>
  entries.flatMap(({ kind, data }, index) => {
    // The first release did not write it down.
    const { identifier: named = identifier } = data;
    if (kind !== 'token-accepted' || named === identifier) return [];
    return [{ entry: index + 1, what: 'identifier', detail: 'it names another identifier than the file' }];
  });

/** Whether an entry names the identifier that is written above them; evidence of the first release names none. */
export const isIdentifierSealed = ({ identifier, entries }: Evidence): boolean =>
  entries.some(({ kind, data }) => kind === 'token-accepted' && data['identifier'] === identifier);

/** DER of the certificate's key, if it is of the kind that seals. */
const readKey = ({ publicKey }: Certificate): Uint8Array | undefined => {
  try {
    const key = readPublicKey(publicKey);
    return key.kind === 'ec' && key.curve === p256 ? publicKey : undefined;
  } catch {
    return undefined;
  }
};

const isSealCertificate = (certificate: Certificate): boolean => {
  try {
    return maySign(certificate) && readPolicies(certificate)?.includes(evidencePolicy) === true;
  } catch {
    return false;
  }
};

/** The one whose key seals first; none where one cannot be read. */
const readCertificates = (pem: string): Certificate[] => {
  try {
    return readPemBlocks(pem).map(readCertificate);
  } catch {
    return [];
  }
};

interface Judged {
  certificates: readonly Certificate[];
  root: string | undefined;
  sealers: readonly (Certificate | undefined)[];
}

/** The chain of each key must have been valid when the first entry that it sealed was written, and when the last was. */
const judgeCertificates = async (evidence: Evidence, judged: Judged, ports: Cryptography): Promise<Fault[]> => {
  const [first, ...above] = judged.certificates;
  if (!first) return [{ what: 'certificate', detail: 'there is none that can be read' }];
  if (!isSealCertificate(first)) {
    return [{ what: 'certificate', detail: 'the first is not of a key that seals evidence' }];
  }
  const roots = judged.root === undefined ? above : readRoots([judged.root]);
  for (const { sealer, times } of listTimes(evidence, judged.sealers, first)) {
    const signer = { signerCertificate: sealer.der, certificates: judged.certificates.map(({ der }) => der) };
    for (const at of times) {
      const { path, fault } = await judgeChain(signer, { roots, at, purpose: 'signing' }, ports);
      const detail = `the chain does not reach the root, or was not valid then${fault ? `: ${fault}` : ''}`;
      if (!path) return [{ what: 'certificate', detail }];
    }
  }
  return [];
};

/** When each key sealed first and last. An entry whose seal does not hold is taken for the first certificate's. */
const listTimes = (
  { entries }: Evidence,
  sealers: readonly (Certificate | undefined)[],
  first: Certificate,
): { sealer: Certificate; times: Date[] }[] =>
  [...new Set(sealers.map((sealer) => sealer ?? first))].map((sealer) => {
    const sealed = entries.filter((_, index) => (sealers[index] ?? first) === sealer);
    return { sealer, times: [sealed[0]!, sealed.at(-1)!].map(({ at }) => new Date(at)) };
  });
