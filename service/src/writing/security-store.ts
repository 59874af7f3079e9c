import { equalBytes } from '@tu-esign/verifier/bytes.ts';
import { readStored } from '@tu-esign/verifier/long-term/security-store.ts';
import { PdfArray, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

/** What goes into a document security store, DER each. */
export interface StoredData {
  certificates: readonly Uint8Array[];
  certificateLists: readonly Uint8Array[];
  /** OCSPResponse each (RFC 6960, 4.2.1). */
  statusResponses?: readonly Uint8Array[];
}

/** Streams that are there stay; what is among them already is not added again. */
const addStreams = (
  { file, update }: { file: PdfFile; update: IncrementalUpdate },
  { store, key }: { store: PdfDict; key: string },
  contents: readonly Uint8Array[],
): void => {
  const members = arrayAt(store, key)?.members() ?? [];
  const kept = readStored(store, key);
  const isNew = (der: Uint8Array) => !kept.some((other) => equalBytes(other, der));
  const added: PdfObject[] = contents.filter(isNew).map((der) => update.add(file.objects.stream(der, {})));
  if (added.length) store.set(key, new PdfArray(store.source, [...members, ...added]));
};

/** Adds to the document security store, made where there is none (ISO 32000-2, 12.8.4.3; EN 319 142-1, 5.4.2). */
export const addToSecurityStore = (file: PdfFile, update: IncrementalUpdate, data: StoredData): void => {
  const { catalog, catalogRef, objects } = file;
  const entry = catalog.get('DSS');
  const there = dictAt(catalog, 'DSS');
  const store = there ?? objects.dict({ Type: 'DSS' });
  addStreams({ file, update }, { store, key: 'Certs' }, data.certificates);
  addStreams({ file, update }, { store, key: 'CRLs' }, data.certificateLists);
  addStreams({ file, update }, { store, key: 'OCSPs' }, data.statusResponses ?? []);
  if (there && entry instanceof PdfRef) return update.rewrite(entry, store);
  catalog.set('DSS', there ? store : update.add(store));
  return update.rewrite(catalogRef, catalog);
};
