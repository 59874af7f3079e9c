import { equalBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { readKeyUsage } from '#certificates/extensions.ts';
import { sameName } from '#certificates/names.ts';
import type { Purpose } from '#certificates/purposes.ts';
import { verifyValue } from '#certificates/signature-algorithm.ts';
import type { Cryptography } from '#ports/ports.ts';
import { findEntry, type CertificateList, type RevocationEntry } from './certificate-list.ts';

/** What revocation lists say of a certificate at a time; `unknown` where there is none that speaks of it. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** A critical extension makes it a list of another kind: of a part of the certificates, or of what changed (5.2). */
const isComplete = ({ extensions }: CertificateList): boolean => !extensions.some(({ critical }) => critical);

/** Whoever may not sign lists has signed none (RFC 5280, 6.3.3). */
const maySignLists = (issuer: Certificate): boolean => {
  try {
    return readKeyUsage(issuer)?.includes('cRLSign') ?? true;
  } catch {
    return false;
  }
};

const isBy = async (list: CertificateList, issuer: Certificate, ports: Cryptography): Promise<boolean> => {
  const { claimedAlgorithm, signatureAlgorithm, toBeSigned: bytes, signature } = list;
  if (!sameName(list.issuer, issuer.subject) || !maySignLists(issuer)) return false;
  if (!equalBytes(claimedAlgorithm, signatureAlgorithm)) return false;
  return verifyValue({ publicKey: issuer.publicKey, signatureAlgorithm, bytes, signature }, ports);
};

/** A list that ended before says nothing of what came later. */
const reaches = ({ nextUpdate }: CertificateList, at: Date): boolean => nextUpdate === undefined || nextUpdate >= at;

/** Reasons for which what was stamped before stays (RFC 3161, 4): any other, or none, may mean that the key was stolen. */
const harmless = new Set([0, 3, 4, 5]);

/** Whoever has the key of a time-stamp authority stamps whatever time they like. */
const isBackdated = ({ extensions }: RevocationEntry, purpose: Purpose): boolean => {
  if (purpose !== 'time-stamping') return false;
  const reason = extensions.find(({ type }) => type === oid.reasonCode);
  return reason === undefined || !harmless.has(reason.value.at(-1)!);
};

const statusIn = (
  list: CertificateList,
  { certificate, at, purpose }: Omit<StatusQuestion, 'issuer' | 'lists'>,
): RevocationStatus => {
  const entry = findEntry(list, certificate.serialNumber);
  if (!entry) return reaches(list, at) ? 'good' : 'unknown';
  if (entry.extensions.some(({ critical }) => critical)) return 'unknown';
  return entry.revokedAt <= at || isBackdated(entry, purpose) ? 'revoked' : 'good';
};

const neverThrows = (judge: () => RevocationStatus): RevocationStatus => {
  try {
    return judge();
  } catch {
    return 'unknown';
  }
};

/** It says itself that nobody revokes it, for it ends sooner than anybody would hear of it (RFC 9608, 2). */
const isNeverRevoked = ({ extensions }: Certificate): boolean =>
  extensions.some(({ type }) => type === oid.noRevocationAvailable);

export interface StatusQuestion {
  certificate: Certificate;
  issuer: Certificate;
  lists: readonly CertificateList[];
  /** When its key was used, and for what. */
  at: Date;
  purpose: Purpose;
}

/** Whether a certificate was revoked by a time, as far as its issuer's lists say. Never throws. */
export const statusOf = async (
  { certificate, issuer, lists, at, purpose }: StatusQuestion,
  ports: Cryptography,
): Promise<RevocationStatus> => {
  const own: CertificateList[] = [];
  for (const list of lists) if (isComplete(list) && (await isBy(list, issuer, ports))) own.push(list);
  const said = new Set(own.map((list) => neverThrows(() => statusIn(list, { certificate, at, purpose }))));
  if (said.has('revoked')) return 'revoked';
  return said.has('good') || isNeverRevoked(certificate) ? 'good' : 'unknown';
};

/** Of a whole chain, from the signer's up to a root that is believed: the worst that is said of one below the root. */
export const statusOfPath = async (
  path: readonly Certificate[],
  { lists, at, purpose }: Pick<StatusQuestion, 'lists' | 'at' | 'purpose'>,
  ports: Cryptography,
): Promise<RevocationStatus> => {
  const below = path.slice(0, -1);
  const all = await Promise.all(
    below.map((certificate, index) => statusOf({ certificate, issuer: path[index + 1]!, lists, at, purpose }, ports)),
  );
  if (all.includes('revoked')) return 'revoked';
  return all.includes('unknown') ? 'unknown' : 'good';
};
