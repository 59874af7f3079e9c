import { oid } from '#asn1/object-identifiers.ts';
import type { Certificate } from './certificate.ts';
import { isCritical, readBasicConstraints, readExtendedKeyUsage, readKeyUsage, type KeyUsage } from './extensions.ts';

/** What a chain is judged for. */
export type Purpose = 'signing' | 'time-stamping';

/** Any of them in a certificate that names purposes makes it fit. */
const purposes: Record<Purpose, ReadonlySet<string>> = {
  // anyExtendedKeyUsage, e-mail (by which openssl and most authorities mean signing), documents by RFC 9336, by Adobe, by Microsoft
  signing: new Set([
    oid.anyPurpose,
    oid.emailProtection,
    oid.documentSigning,
    '1.2.840.113583.1.1.5',
    '1.3.6.1.4.1.311.10.3.12',
  ]),
  'time-stamping': new Set([oid.anyPurpose, oid.timeStamping]),
};

/** Whether an authority's own purposes, where it names any, hold this one: others are then not for it to certify. */
export const certifiesFor = (authority: Certificate, purpose: Purpose): boolean =>
  readExtendedKeyUsage(authority)?.some((name) => purposes[purpose].has(name)) ?? true;

const isAuthority = (certificate: Certificate): boolean => readBasicConstraints(certificate)?.ca === true;

const signing: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation'];
const maySignByUsage = (usage: readonly KeyUsage[] | undefined): boolean =>
  usage === undefined || signing.some((bit) => usage.includes(bit));

const never = (holds: () => boolean | null): boolean | null => {
  try {
    return holds();
  } catch {
    return false;
  }
};

/** Whether it is a signatory's: of no authority, and its key's use and purposes, where it names them, are to sign. */
export const maySign = (certificate: Certificate): boolean =>
  never(
    () =>
      !isAuthority(certificate) &&
      maySignByUsage(readKeyUsage(certificate)) &&
      (readExtendedKeyUsage(certificate)?.some((name) => purposes.signing.has(name)) ?? true),
  ) === true;

/** What RFC 3161, 2.3 demands: the one purpose, critical. Null where it names none at all. */
const isForTimeStamps = (certificate: Certificate): boolean | null => {
  const named = readExtendedKeyUsage(certificate);
  if (named === undefined) return null;
  return named.length === 1 && named[0] === oid.timeStamping && isCritical(certificate, oid.extendedKeyUsage);
};

/**
 * Whether it is a time-stamp authority's: a key for signing, of nobody who certifies others, for time-stamps alone. Null
 * where it names no purpose and nothing else is wrong: those of Mexican providers do not.
 */
export const mayStampTimes = (certificate: Certificate): boolean | null =>
  never(() => {
    if (isAuthority(certificate) || !maySignByUsage(readKeyUsage(certificate))) return false;
    const [named, usage] = [isForTimeStamps(certificate), readKeyUsage(certificate)];
    // For what is no provider's, openssl demands that the key does nothing else.
    return named === true ? (usage ?? []).every((bit) => signing.includes(bit)) : named;
  });
