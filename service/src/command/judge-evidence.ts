import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Evidence } from '@tu-esign/contract';
import { judgeChain } from '@tu-esign/verifier/asn1/chain.ts';
import { readPemBlocks } from '@tu-esign/verifier/asn1/pem.ts';
import { isSealCertificate } from '#authority/certify-seal.ts';
import { findFaults } from '#signing/evidence.ts';
import { verifySeal } from '#signing/seal.ts';

/** What does not hold, and at which entry, counted from 1, where it is about one. */
export interface Fault {
  entry?: number;
  what: 'order' | 'digest' | 'seal' | 'identifier' | 'certificate' | 'file';
  detail: string;
}

const details = {
  order: 'it does not follow the entry before it',
  digest: 'its digest is of something else',
  seal: 'its seal does not verify',
};

/**
 * Judges evidence by itself and a root.
 * @param root PEM; without it the certificates are judged among themselves, which proves no origin
 * @returns nothing where all of it holds; else every fault, those of entries in their order
 */
export const judgeEvidence = (evidence: Evidence, root?: string): Fault[] => {
  const inChain = findFaults(evidence.entries).map(({ entry, what }) => ({ entry, what, detail: details[what] }));
  const faults = [...inChain, ...judgeSeals(evidence), ...judgeIdentifier(evidence)];
  return [...faults.sort((one, other) => one.entry - other.entry), ...judgeCertificates(evidence, root)];
};

type EntryFault = Fault & { entry: number };

const judgeSeals = ({ signing, entries, certificates }: Evidence): EntryFault[] => {
  const key = readKey(certificates);
  return entries.flatMap(({ sequence, digest, seal }, index) => {
    if (key && verifySeal({ signing, sequence, digest }, seal, key)) return [];
    return [{ entry: index + 1, what: 'seal', detail: details.seal }];
  });
};

/** Seals cover the entries, and the entries name what is written above them. */
const judgeIdentifier = ({ identifier, entries }: Evidence): EntryFault[] =>
  entries.flatMap(({ kind, data }, index) => {
    if (kind !== 'token-accepted' || data['identifier'] === identifier) return [];
    return [{ entry: index + 1, what: 'identifier', detail: 'it names another identifier than the file' }];
  });

/** The key of the first certificate, if it is of the kind that seals. */
const readKey = (certificates: string): KeyObject | undefined => {
  const [first] = readCertificates(certificates);
  const isP256 = first?.publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return isP256 ? first?.publicKey : undefined;
};

const readCertificates = (pem: string): X509Certificate[] => {
  try {
    return readPemBlocks(pem).map((der) => new X509Certificate(der));
  } catch {
    return [];
  }
};

/** The chain must have been valid when the first entry was written, and when the last was. */
const judgeCertificates = ({ entries, certificates: pem }: Evidence, root?: string): Fault[] => {
  const certificates = readCertificates(pem).map(({ raw }) => raw);
  const [signerCertificate, ...above] = certificates;
  if (!signerCertificate) return [{ what: 'certificate', detail: 'there is none that can be read' }];
  if (!isSealCertificate(signerCertificate)) {
    return [{ what: 'certificate', detail: 'the first is not of a key that seals evidence' }];
  }
  const roots = root === undefined ? above.map((der) => new X509Certificate(der).toString()) : [root];
  const times = [entries[0]!, entries.at(-1)!].map(({ at }) => new Date(at));
  const holds = times.every((at) => judgeChain({ signerCertificate, certificates }, { roots, at }).reachesRoot);
  return holds ? [] : [{ what: 'certificate', detail: 'the chain does not reach the root, or was not valid then' }];
};
