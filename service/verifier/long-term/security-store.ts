import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt } from '#pdf/objects/entries.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';
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
const readSecurityStore = (file: PdfFile): SecurityStore => ({
  certificates: readAll(file, 'Certs', readCertificate),
  lists: readAll(file, 'CRLs', readCertificateList),
});

/** Reads the stores of a document's revisions, each once, however many signatures ask for it. */
export interface StoreReader {
  newest(): SecurityStore;
  /** As it stood where the file ended here; empty where that is none. */
  at(end: number): SecurityStore;
}

export const createStoreReader = (file: PdfFile, ports: Inflater): StoreReader => {
  const known = new Map<number, SecurityStore>();
  const read = (end: number): SecurityStore => {
    try {
      return readSecurityStore(end === file.bytes.length ? file : openPdf(file.bytes.subarray(0, end), ports));
    } catch {
      return { certificates: [], lists: [] };
    }
  };
  const at = (end: number): SecurityStore => {
    const store = known.get(end) ?? read(end);
    known.set(end, store);
    return store;
  };
  return { at, newest: () => at(file.bytes.length) };
};
