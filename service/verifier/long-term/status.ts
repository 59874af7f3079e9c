import { oid } from '#asn1/object-identifiers.ts';
import { readTime } from '#asn1/time.ts';
import type { Certificate, Extension } from '#certificates/certificate.ts';
import type { Purpose } from '#certificates/purposes.ts';
import { weaknessOfSignature } from '#certificates/weaknesses.ts';
import { findEntry, type CertificateList, type RevocationEntry } from './certificate-list.ts';
import type { ListsBy } from './list-signatures.ts';
import { scopeOf } from './list-scope.ts';

/** What revocation lists say of a certificate at a time; `unknown` where there is none that speaks of it. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';

const valueOf = (extensions: readonly Extension[], wanted: string): Uint8Array | undefined =>
  extensions.find(({ type }) => type === wanted)?.value;

/** A list that ended before says nothing of what came later. */
const reaches = ({ nextUpdate }: CertificateList, at: Date): boolean => nextUpdate === undefined || nextUpdate >= at;

/** What has expired is taken off lists, unless they say since when they keep it (RFC 5280, 3.3; X.509, 9.5.2.8). */
const keeps = ({ thisUpdate, extensions }: CertificateList, { notAfter }: Certificate): boolean => {
  const since = valueOf(extensions, oid.expiredCertsOnList);
  return thisUpdate <= notAfter || (since !== undefined && readTime(since) <= notAfter);
};

/** Whether it would have an entry of a certificate that was revoked. */
const wouldTell = (list: CertificateList, { certificate, at }: Pick<StatusQuestion, 'certificate' | 'at'>): boolean =>
  scopeOf(list) === 'all' &&
  reaches(list, at) &&
  keeps(list, certificate) &&
  weaknessOfSignature(list.signatureAlgorithm).length === 0;

/** The last octet of a reason; undefined where none is told. */
const reasonOf = ({ extensions }: RevocationEntry): number | undefined => valueOf(extensions, oid.reasonCode)?.at(-1);

/** Of a list of changes: no longer on hold. */
const removed = 8;

/** Reasons for which what was stamped before stays (RFC 3161, 4): any other, or none, may mean that the key was stolen. */
const harmless = new Set<number | undefined>([0, 3, 4, 5]);

/** Whoever has the key of a time-stamp authority stamps whatever time they like. */
const isBackdated = (entry: RevocationEntry, purpose: Purpose): boolean =>
  purpose === 'time-stamping' && !harmless.has(reasonOf(entry));

/** Since when nobody may rely on it: the key may have been stolen before the authority heard of it (RFC 5280, 5.3.2). */
const endOf = ({ revokedAt, extensions }: RevocationEntry): Date => {
  const invalid = valueOf(extensions, oid.invalidityDate);
  const since = invalid ? readTime(invalid) : revokedAt;
  return since < revokedAt ? since : revokedAt;
};

const statusIn = (
  list: CertificateList,
  { certificate, at, purpose }: Omit<StatusQuestion, 'issuer' | 'lists'>,
): RevocationStatus => {
  if (scopeOf(list) === 'unknown') return 'unknown';
  const entry = findEntry(list, certificate.serialNumber);
  if (!entry) return wouldTell(list, { certificate, at }) ? 'good' : 'unknown';
  if (entry.extensions.some(({ critical }) => critical) || reasonOf(entry) === removed) return 'unknown';
  if (endOf(entry) <= at || isBackdated(entry, purpose)) return 'revoked';
  return scopeOf(list) === 'all' ? 'good' : 'unknown';
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
  valueOf(extensions, oid.noRevocationAvailable) !== undefined;

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
  listsBy: ListsBy,
): Promise<RevocationStatus> => {
  const own = await listsBy(issuer, lists);
  const said = new Set(own.map((list) => neverThrows(() => statusIn(list, { certificate, at, purpose }))));
  if (said.has('revoked')) return 'revoked';
  return said.has('good') || isNeverRevoked(certificate) ? 'good' : 'unknown';
};

/** Of a whole chain, from the signer's up to a root that is believed: the worst that is said of one below the root. */
export const statusOfPath = async (
  path: readonly Certificate[],
  { lists, at, purpose }: Pick<StatusQuestion, 'lists' | 'at' | 'purpose'>,
  listsBy: ListsBy,
): Promise<RevocationStatus> => {
  const below = path.slice(0, -1);
  const all = await Promise.all(
    below.map((certificate, index) => statusOf({ certificate, issuer: path[index + 1]!, lists, at, purpose }, listsBy)),
  );
  if (all.includes('revoked')) return 'revoked';
  return all.includes('unknown') ? 'unknown' : 'good';
};
