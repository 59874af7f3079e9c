import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt } from '#pdf/objects/entries.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { readCertificateList, type CertificateList } from './certificate-list.ts';

/** What a document carries to be verified by, long after (ISO 32000-2, 12.8.4.3). Nothing of it is believed as such. */
export interface SecurityStore {
  certificates: readonly Certificate[];
  lists: readonly CertificateList[];
}

/** More than this of a kind are not looked at. */
const most = 200;

const readAll = <T>(file: PdfFile, key: string, read: (der: Uint8Array) => T): T[] => {
  const store = dictAt(file.catalog, 'DSS');
  const list = store && arrayAt(store, key);
  if (!list) return [];
  return Array.from({ length: Math.min(list.length, most) }, (_, index) => list.lookup(index)).flatMap((stream) => {
    try {
      return stream instanceof PdfStream ? [read(decodeStream(stream))] : [];
    } catch {
      return [];
    }
  });
};

/** Reads what can be read of it. Never throws. */
export const readSecurityStore = (file: PdfFile): SecurityStore => ({
  certificates: readAll(file, 'Certs', readCertificate),
  lists: readAll(file, 'CRLs', readCertificateList),
});
