import type { Retained } from '@tu-esign/contract';
import type { FileStore } from '#files/file-store.ts';
import type { Erasure, Erasures } from '#records/retention/erasures.ts';
import type { RetentionStore } from '#records/retention/retention.ts';
import type { Work } from '#scheduling/scheduler.ts';
import { documentKey, isFinished, type Signing } from '#signing/signing.ts';
import { toCause, type Log } from '#telemetry/log.ts';
import { createDeleteFiles } from './delete-files.ts';

export interface EraseOptions {
  erasures: Erasures;
  retention: RetentionStore;
  files: FileStore;
  /** For how long what is signed is kept after its last change, in days. */
  days: number;
  log: Log;
}

const dayMs = 86_400_000;

/**
 * The work that erases what a host wants erased of a person: what was declined, failed or withdrawn, and the agreements
 * that nobody has signed. What is signed stays for as long as it is retained, and then goes as everything does. Each step
 * may be taken again: what an interrupted one has erased is in the notes that it left.
 */
export const createErase = (options: EraseOptions): Work => {
  const { erasures, retention, files, log } = options;
  const deleteFiles = createDeleteFiles(files);

  const erase = async (id: string): Promise<void> => {
    const erasure = await erasures.find(id);
    if (!erasure?.subject) return;
    const { host, subject } = erasure;
    const signings = await erasures.listOf(host, subject);
    for (const signing of signings.filter(isErasable)) await retention.deleteSigning(signing.id, deleteFiles, id);
    if ('identifier' in subject) await erasures.forgetAgreement(host, subject.identifier);
    for (const digest of documentsOf((await erasures.find(id))!)) await eraseDocument({ host, digest }, id);
    const kept = await erasures.listOf(host, subject);
    const retained = kept.map((signing) => toRetained(signing, options));
    await erasures.end(id, retained);
    // Of the wish as well, which said whose data it was.
    await retention.wipe();
    log.info('erased as the host asked', { host });
  };

  const eraseDocument = (document: { host: string; digest: string }, erasure: string): Promise<void> =>
    retention.deleteDocument(document, () => files.delete(documentKey(document.host, document.digest)), erasure);

  return {
    name: 'erase',
    pollMs: 5_000,
    findDue: (limit) => erasures.findOpen(limit),
    // What could not be erased is found again by findDue.
    run: (id) => erase(id).catch((error) => log.error('erasing failed', { error: toCause(error) })),
    dueInMs: async () => null,
    makeAllDue: async () => {},
  };
};

/** It has ended, and nothing of it is signed. */
const isErasable = ({ status, outputs }: Signing): boolean => isFinished(status) && !outputs.document;

/** The agreements that what was erased was about. */
const documentsOf = ({ erased }: Erasure): Set<string> => {
  const records = erased.map(({ record }) => JSON.parse(record) as { document?: string });
  return new Set(records.flatMap(({ document }) => document ?? []));
};

const toRetained = ({ id, identifier, status, updatedAt }: Signing, { days }: EraseOptions): Retained => ({
  signing: id,
  identifier,
  status,
  ...(isFinished(status) && { until: new Date(updatedAt + days * dayMs).toISOString() }),
});
