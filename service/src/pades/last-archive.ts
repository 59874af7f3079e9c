import { endOfElement } from '@tu-esign/verifier/asn1/ber.ts';
import { digestNamed } from '@tu-esign/verifier/certificates/digest-algorithms.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { readCertificatesOf, readSignedData } from '@tu-esign/verifier/cms/read-signed-data.ts';
import { readTimeStampInfo } from '@tu-esign/verifier/cms/time-stamp-info.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readSignedBytes } from '@tu-esign/verifier/pdf/signature-value.ts';
import type { DigestAlgorithm, Ports } from '@tu-esign/verifier/ports/ports.ts';
import { Problem } from '#problem.ts';

/** The time-stamp of the document that covers all of it. */
export interface LastArchive {
  /** Its genTime: milliseconds since the epoch. */
  stampedAt: number;
  /** When the first of its certificates ends: milliseconds since the epoch. */
  until: number;
  /** By what its imprint is; undefined where that is not known here. */
  algorithm: DigestAlgorithm | undefined;
  /** Those that came with it; DER. */
  certificates: Uint8Array[];
  /** How many time-stamps of the document there are. */
  stamps: number;
}

const readStamps = (file: PdfFile): { end: number; contents: Uint8Array }[] =>
  readSignatureFields(file)
    .flatMap(({ value }) => (value && nameAt(value, 'SubFilter') === 'ETSI.RFC3161' ? [value] : []))
    .flatMap((value) => readSignedBytes(file, value) ?? [])
    .toSorted((one, other) => one.end - other.end);

const readToken = (token: Uint8Array): Omit<LastArchive, 'stamps'> | undefined => {
  const certificates = readCertificatesOf(token);
  const { content } = readSignedData(token);
  if (certificates.length === 0 || !content) return undefined;
  const ends = certificates.map((der) => readCertificate(der).notAfter.getTime());
  const { genTime, imprint } = readTimeStampInfo(content);
  const algorithm = digestNamed(imprint.algorithm);
  return { stampedAt: genTime.getTime(), until: Math.min(...ends), algorithm, certificates };
};

/**
 * Reads which time-stamp a document rests on, and until when: PAdES B-LTA is to be renewed before (EN 319 142-1, 5.4.3).
 * @returns undefined where no time-stamp covers all of the document
 * @throws Problem document-damaged
 */
export const readLastArchive = (document: Uint8Array, ports: Ports): LastArchive | undefined => {
  try {
    const file = openPdf(document, ports);
    const stamps = readStamps(file);
    const last = stamps.at(-1);
    if (last?.end !== document.length) return undefined;
    const token = readToken(last.contents.subarray(0, endOfElement(last.contents)));
    return token && { ...token, stamps: stamps.length };
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};
