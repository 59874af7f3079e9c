import { availableParallelism, loadavg } from 'node:os';
import { Piscina } from 'piscina';
import type { Place, RefusedFinding } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type {
  AcceptDocument,
  AcceptedDocument,
  FindingPolicy,
  SignedFindings,
  VerifySigned,
} from '#signing/document.ts';
import type { FindPlaces } from '#signing/request.ts';
import type { VerifiedDocument, VerifyDocument } from '@tu-esign/verifier/verdicts/findings.ts';
import type { ArchiveOptions, LongTermOptions } from './archive.ts';
import type { LastArchive } from './last-archive.ts';
import type { PrepareOptions } from './prepare.ts';
import type { PreparedSignature } from './prepared-signature.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { unread } from '@tu-esign/verifier/verdicts/unread.ts';
import type { Answer } from './worker.ts';

/** Reads and writes PDFs, in threads of their own: some files hang a parser or take gigabytes. */
export interface PdfEngine {
  /** By default, what is found is handled as where a host says nothing of it. */
  accept: (pdf: Uint8Array, policy?: FindingPolicy) => ReturnType<AcceptDocument>;
  /** What is found in a document, as at an upload; nothing where it cannot be read. */
  examine(pdf: Uint8Array): Promise<RefusedFinding[]>;
  /** Where a document will be signed. */
  findPlaces: FindPlaces;
  verify: VerifySigned;
  verifyDocument: VerifyDocument;
  /** @throws Problem placement-invalid, document-too-complex */
  prepare(options: PrepareOptions): Promise<PreparedSignature>;
  /** @throws Problem document-damaged, document-too-complex */
  archive(options: ArchiveOptions): Promise<PreparedSignature>;
  /** The document with what verifies it long after. @throws Problem document-damaged, document-too-complex */
  extend(options: LongTermOptions): Promise<Uint8Array>;
  /** See readLastArchive. @throws Problem document-damaged, document-too-complex */
  readLastArchive(document: Uint8Array): Promise<LastArchive | undefined>;
  close(): Promise<void>;
}

export interface PdfEngineOptions {
  threads?: number;
  /** Milliseconds for one document, from when a thread takes it. */
  timeoutMs?: number;
  /** The same for the second try at a document that was accepted, or that a provider has signed. */
  patientMs?: number;
  /** Whether the machine has more to do than it can: then an upload that takes too long has a second try as well. */
  readonly isBusy?: () => boolean;
  /** Mebibytes of V8 heap for one thread. */
  memoryMb?: number;
  /** Address of what threads run. */
  worker?: string;
}

const unwrap = <T>(answer: Answer<T>): T => {
  if ('value' in answer) return answer.value;
  throw new Problem(answer.problem, answer.detail, { findings: answer.findings });
};

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const isLimit = (error: unknown): boolean =>
  isTimeout(error) || (error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** A document beyond the limits is a finding. */
const asUnread = (error: unknown): VerifiedDocument => {
  if (error instanceof Problem && error.type === 'document-too-complex') return unread(error.type);
  throw error;
};

const createPool = ({ worker, threads, memoryMb }: { worker: string; threads: number; memoryMb: number }): Piscina => {
  const pool = new Piscina({
    filename: worker,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 },
  });
  // A thread that was ended for its time may run out of memory before it is gone: its file was refused already, and
  // unheard this would end the process.
  pool.on('error', () => {});
  return pool;
};

/**
 * Resolves when a thread has loaded all it needs; the pool would wait for ever for one that cannot.
 * @throws Error what kept it from it
 */
const startThread = async (pool: Piscina): Promise<void> => {
  const failed = Promise.withResolvers<never>();
  const listen = (error: unknown): void => {
    if (!isLimit(error)) failed.reject(error);
  };
  pool.on('error', listen);
  try {
    await Promise.race([pool.run(undefined, { name: 'start' }), failed.promise]);
  } finally {
    pool.off('error', listen);
  }
};

/** By the load of the last minute: one document alone keeps one core busy. */
const isMachineBusy = (): boolean => loadavg()[0]! > availableParallelism();

export const createPdfEngine = (options: PdfEngineOptions = {}): PdfEngine => {
  const {
    threads = 2,
    timeoutMs = 20_000,
    patientMs = 6 * timeoutMs,
    memoryMb = 512,
    worker = new URL('worker.ts', import.meta.url).href,
    isBusy = isMachineBusy,
  } = options;
  const pool = createPool({ worker, threads, memoryMb });
  // The pool's own queue would count the time of waiting against the document.
  const limitConcurrency = createConcurrencyLimit(threads);
  // A thread's start counts against nobody's document either: not the first one's, nor that of a thread's successor.
  const start = (): Promise<void> => {
    const started = startThread(pool);
    // It is told to whoever waits for it; nobody may.
    started.catch(() => {});
    return started;
  };
  let started = start();
  const run = async <T>(name: string, task: unknown, limitMs = timeoutMs): Promise<T> => {
    try {
      const inTime = async () => {
        await started;
        return pool.run(task, { name, signal: AbortSignal.timeout(limitMs) });
      };
      return unwrap((await limitConcurrency(inTime)) as Answer<T>);
    } catch (error) {
      if (!isLimit(error)) throw error;
      started = start();
      throw new Problem('document-too-complex', undefined, { cause: error });
    }
  };
  // What was within the limits before is slow for the machine is busy: nobody's signing ends for that.
  const runPatiently = <T>(name: string, task: unknown): Promise<T> =>
    run<T>(name, task).catch((error: Error) => {
      if (isTimeout(error.cause)) return run<T>(name, task, patientMs);
      throw error;
    });
  return {
    accept: (pdf, policy = {}) => {
      const read = isBusy() ? runPatiently : run;
      return read<AcceptedDocument>('accept', { pdf, policy });
    },
    examine: (pdf) => run<RefusedFinding[]>('examine', pdf),
    findPlaces: (document, asked) => run<Place[]>('places', { document, asked }),
    verify: (candidate) => run<SignedFindings>('verify', candidate),
    verifyDocument: (candidate) => runPatiently<VerifiedDocument>('verifyDocument', candidate).catch(asUnread),
    prepare: (task) => runPatiently<PreparedSignature>('prepare', task),
    archive: (task) => runPatiently<PreparedSignature>('archive', task),
    extend: (task) => runPatiently<Uint8Array>('extend', task),
    readLastArchive: (document) => runPatiently<LastArchive | undefined>('lastArchive', document),
    close: () => pool.destroy(),
  };
};
