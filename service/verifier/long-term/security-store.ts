import { toHex } from '#bytes.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt } from '#pdf/objects/entries.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Ports } from '#ports/ports.ts';
import { readCertificateList, type CertificateList } from './certificate-list.ts';

/** What a document carries to be verified by, long after (ISO 32000-2, 12.8.4.3). Nothing of it is believed as such. */
export interface SecurityStore {
  certificates: readonly Certificate[];
  lists: readonly CertificateList[];
}

const nothing: SecurityStore = { certificates: [], lists: [] };

/** More than this of a kind are not looked at. */
const most = 200;

const tryDecode = (stream: PdfStream): Uint8Array | undefined => {
  try {
    return decodeStream(stream);
  } catch {
    return undefined;
  }
};

/** What the streams of a kind hold, as far as they can be read. Never throws. */
export const readStored = (store: PdfDict, key: string): Uint8Array[] => {
  const list = arrayAt(store, key);
  return Array.from({ length: Math.min(list?.length ?? 0, most) }, (_, index) => list!.lookup(index)).flatMap(
    (stream) => (stream instanceof PdfStream && tryDecode(stream)) || [],
  );
};

/** Reads the stores of a document's revisions, each once, however many signatures ask for it. */
export interface StoreReader {
  newest(): SecurityStore;
  /** As it stood where the file ended here; empty where that is none. */
  at(end: number): SecurityStore;
  /** All that was in one of those: a later one may leave out what speaks against a signature. */
  ever(ends: readonly number[]): SecurityStore;
}

/** Reads DER, and what is there again is the same again: it is verified once. Undefined where it cannot be read. */
const once = <T>(read: (der: Uint8Array) => T, ports: Ports): ((der: Uint8Array) => T | undefined) => {
  const known = new Map<string, T>();
  return (der) => {
    const id = toHex(ports.digest('sha256', der));
    try {
      const one = known.get(id) ?? read(der);
      known.set(id, one);
      return one;
    } catch {
      return undefined;
    }
  };
};

const createFileReader = (ports: Ports): ((file: PdfFile) => SecurityStore) => {
  const [certificate, certificateList] = [once(readCertificate, ports), once(readCertificateList, ports)];
  return ({ catalog }) => {
    const store = dictAt(catalog, 'DSS');
    const readAll = <T>(key: string, read: (der: Uint8Array) => T | undefined): T[] =>
      store ? readStored(store, key).flatMap((der) => read(der) ?? []) : [];
    return { certificates: readAll('Certs', certificate), lists: readAll('CRLs', certificateList) };
  };
};

export const createStoreReader = (file: PdfFile, ports: Ports): StoreReader => {
  const known = new Map<number, SecurityStore>();
  const readStore = createFileReader(ports);
  const read = (end: number): SecurityStore => {
    try {
      return readStore(end === file.bytes.length ? file : openPdf(file.bytes.subarray(0, end), ports));
    } catch {
      return nothing;
    }
  };
  const at = (end: number): SecurityStore => {
    const store = known.get(end) ?? read(end);
    known.set(end, store);
    return store;
  };
  const newest = (): SecurityStore => at(file.bytes.length);
  const ever = (ends: readonly number[]): SecurityStore => {
    const all = [...ends.map(at), newest()];
    return {
      certificates: [...new Set(all.flatMap(({ certificates }) => certificates))],
      lists: [...new Set(all.flatMap(({ lists }) => lists))],
    };
  };
  return { at, newest, ever };
};
