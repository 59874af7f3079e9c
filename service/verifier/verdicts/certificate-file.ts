import { toLatin1 } from '#bytes.ts';
import { isPdf, unwrapBase64 } from '#asn1/armour.ts';
import { toDer } from '#asn1/ber.ts';
import { readPemBlocks } from '#asn1/pem.ts';
import { holdsPrivateKey } from '#asn1/private-key.ts';
import { readCertificate } from '#certificates/certificate.ts';
import { readCertificatesOf } from '#cms/read-signed-data.ts';

/** A file that was handed over as a certificate, and what it is. */
export interface CertificateFile {
  form: 'der' | 'pem' | 'pkcs7' | 'pdf' | 'private-key' | 'unknown';
  /** Layers of base64 around it, besides PEM. */
  base64: number;
  /** DER, in the file's order; none where it is something else. */
  certificates: Uint8Array[];
}

/** Of each form, as it is without the base64. */
export const certificateMediaTypes: Record<CertificateFile['form'], string> = {
  // RFC 2585, 4.1; RFC 8555, 9.1; RFC 8551, 3.8
  der: 'application/pkix-cert',
  pem: 'application/pem-certificate-chain',
  pkcs7: 'application/pkcs7-mime; smime-type=certs-only',
  pdf: 'application/pdf',
  'private-key': 'application/octet-stream',
  unknown: 'application/octet-stream',
};

/** More than this are not looked at. */
const mostCertificates = 32;

const isCertificate = (der: Uint8Array): boolean => {
  try {
    readCertificate(der);
    return true;
  } catch {
    return false;
  }
};

const readBundle = (source: Uint8Array): Uint8Array[] => {
  try {
    return readCertificatesOf(toDer(source)).slice(0, mostCertificates).filter(isCertificate);
  } catch {
    return [];
  }
};

/** PEM blocks are certificates or bundles of them, whatever their labels say. */
const readBlocks = (blocks: Uint8Array[]): Uint8Array[] =>
  blocks.slice(0, mostCertificates).flatMap((block) => (isCertificate(block) ? [block] : readBundle(block)));

const readContent = (content: Uint8Array): Omit<CertificateFile, 'base64'> => {
  if (isPdf(content)) return { form: 'pdf', certificates: [] };
  const blocks = readPemBlocks(toLatin1(content));
  const inBlocks = readBlocks(blocks);
  if (inBlocks.length) return { form: blocks.some(isCertificate) ? 'pem' : 'pkcs7', certificates: inBlocks };
  if (isCertificate(content)) return { form: 'der', certificates: [content] };
  const bundle = readBundle(content);
  return { form: bundle.length ? 'pkcs7' : 'unknown', certificates: bundle };
};

/** Tells what a file is that should be a certificate: DER, PEM, PKCS #7, in base64 or not. Never throws. */
export const readCertificateFile = (file: Uint8Array): CertificateFile => {
  const { content, base64 } = unwrapBase64(file);
  if (holdsPrivateKey(content)) return { form: 'private-key', base64, certificates: [] };
  return { base64, ...readContent(content) };
};
