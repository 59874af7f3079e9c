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
  seal: 'its seal does not verify',
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
  const inSeals = await judgeSeals(evidence, certificates[0], ports);
  const faults: EntryFault[] = [...inChain, ...inSeals, ...judgeIdentifier(evidence)];
  const inCertificates = await judgeCertificates(evidence, { certificates, root }, ports);
  return [...faults.sort((one, other) => one.entry - other.entry), ...inCertificates];
};

type EntryFault = Fault & { entry: number };

const judgeSeals = async (
  { signing, entries }: Evidence,
  certificate: Certificate | undefined,
  ports: Cryptography,
): Promise<EntryFault[]> => {
  const key = certificate && readKey(certificate);
  const faults = entries.map(async ({ sequence, digest, seal }, index): Promise<EntryFault[]> => {
    if (key && (await verifySeal({ signing, sequence, digest }, seal, key, ports))) return [];
    return [{ entry: index + 1, what: 'seal', detail: details.seal }];
  });
  return (await Promise.all(faults)).flat();
};

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

/** The chain must have been valid when the first entry was written, and when the last was. */
const judgeCertificates = async (
  { entries }: Evidence,
  { certificates, root }: { certificates: readonly Certificate[]; root: string | undefined },
  ports: Cryptography,
): Promise<Fault[]> => {
  const [first, ...above] = certificates;
  if (!first) return [{ what: 'certificate', detail: 'there is none that can be read' }];
  if (!isSealCertificate(first)) {
    return [{ what: 'certificate', detail: 'the first is not of a key that seals evidence' }];
  }
  const signer = { signerCertificate: first.der, certificates: certificates.map(({ der }) => der) };
  const roots = root === undefined ? above : readRoots([root]);
  for (const { at } of [entries[0]!, entries.at(-1)!]) {
    const { path, fault } = await judgeChain(signer, { roots, at: new Date(at), purpose: 'signing' }, ports);
    const detail = `the chain does not reach the root, or was not valid then${fault ? `: ${fault}` : ''}`;
    if (!path) return [{ what: 'certificate', detail }];
  }
  return [];
};
