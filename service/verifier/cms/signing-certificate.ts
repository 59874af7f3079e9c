import { equalBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, split, tagOf, tags } from '#asn1/read.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { readDigestAlgorithm } from '#certificates/digest-algorithms.ts';
import { sameName } from '#certificates/names.ts';
import type { Cryptography, DigestAlgorithm } from '#ports/ports.ts';

/** What names a certificate (ESSCertID and its second version, RFC 5035, 3 and 4). */
interface NamedCertificate {
  /** Undefined where it is none that we know. */
  algorithm: DigestAlgorithm | undefined;
  digest: Uint8Array;
  /** DER Names, and INTEGER, unless they are left out. */
  issuers?: Uint8Array[];
  serialNumber?: Uint8Array;
}

const directoryName = contextual(4);

const readIssuerSerial = (der: Uint8Array) => {
  const [names, serialNumber] = split(expectTag(tags.sequence, der));
  const directories = split(expectTag(tags.sequence, names)).filter((name) => tagOf(name) === directoryName);
  return {
    issuers: directories.flatMap((name) => split(name)),
    serialNumber: expectTag(tags.integer, serialNumber),
  };
};

/** The first of the certificates that are named: it is the signer's. */
const readFirst = (attribute: Uint8Array | undefined, usual: DigestAlgorithm): NamedCertificate => {
  const [certificates] = split(expectTag(tags.sequence, attribute));
  const [first] = split(expectTag(tags.sequence, certificates));
  const members = split(expectTag(tags.sequence, first));
  const isNamed = tagOf(members[0]) === tags.sequence;
  const algorithm = isNamed ? readDigestAlgorithm(members.shift()!) : usual;
  const [digest, issuerSerial] = members;
  return {
    algorithm,
    digest: contentsOf(expectTag(tags.octetString, digest)),
    ...(issuerSerial && readIssuerSerial(issuerSerial)),
  };
};

const isNamedBy = (
  { algorithm, digest, issuers, serialNumber }: NamedCertificate,
  certificate: Certificate,
  ports: Cryptography,
): boolean =>
  algorithm !== undefined &&
  equalBytes(ports.digest(algorithm, certificate.der), digest) &&
  (!serialNumber || equalBytes(serialNumber, certificate.serialNumber)) &&
  (!issuers || issuers.some((issuer) => sameName(issuer, certificate.issuer)));

const names = (
  attribute: Uint8Array | undefined,
  usual: DigestAlgorithm,
  certificate: Certificate,
  ports: Cryptography,
): boolean => {
  try {
    return isNamedBy(readFirst(attribute, usual), certificate, ports);
  } catch {
    return false;
  }
};

/** The first version knows SHA-1 alone. */
const versions = [
  [oid.signingCertificate, 'sha1'],
  [oid.signingCertificateV2, 'sha256'],
] as const;

/** Whether SigningCertificate, in each version that is there, names this certificate; undefined where there is neither. */
export const isBound = (
  attributes: ReadonlyMap<string, readonly Uint8Array[]>,
  certificate: Certificate,
  ports: Cryptography,
): boolean | undefined => {
  const present = versions.filter(([type]) => attributes.has(type));
  if (present.length === 0) return undefined;
  return present.every(([type, usual]) => {
    const [value, ...others] = attributes.get(type)!;
    return others.length === 0 && names(value, usual, certificate, ports);
  });
};
