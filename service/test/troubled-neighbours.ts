import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConservationAuthority, ConservationOrder } from '../src/conservation/authority.ts';
import { createAdvance } from '../src/jobs/advance.ts';
import { createLog } from '#telemetry/log.ts';
import type { OrderTaken, Provider, SignedDocument, SigningOrder } from '../src/providers/provider.ts';
import { createChanges } from '../src/signing/changes.ts';
import { createDiskStore } from '#files/disk.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import { createRecordsDeps } from './records.ts';
import { ToldVerification } from './told-verification.ts';
import { createFolder } from './tools.ts';

/** A provider that fails as often as it is told to, and keeps what it was asked. */
class TroubledProvider {
  readonly name = 'troubled';
  readonly orders: SigningOrder[] = [];
  readonly questions: SigningOrder[] = [];
  readonly quarantineMs = 1_000;
  failures: Error[] = [];
  questionFailures: Error[] = [];
  /** Whether it only takes the order, and signs later. */
  takes = false;
  /** What it answers when it is asked whether it has signed. */
  found: SignedDocument | undefined;
  repeats: Provider['repeats'] = 'key';
  /** Handed out later than the document, where it is set. */
  findKeyCertificate?: NonNullable<Provider['findKeyCertificate']>;
  warnings: { code: string }[] = [];

  async sign(order: SigningOrder): Promise<SignedDocument | OrderTaken> {
    this.orders.push(order);
    const failure = this.failures.shift();
    if (failure) throw failure;
    return this.takes ? { taken: true, warnings: this.warnings } : this.answer(order);
  }

  async find(order: SigningOrder): Promise<SignedDocument | undefined> {
    this.questions.push(order);
    const failure = this.questionFailures.shift();
    if (failure) throw failure;
    return this.found;
  }

  answer({ document }: SigningOrder): SignedDocument {
    const signed = Buffer.concat([document, Buffer.from(' signed')]);
    return { document: signed, ...(!this.findKeyCertificate && { keyCertificate: Buffer.from('PEM') }) };
  }
}

/** Who conserves, once it is no longer failing, and there is something. */
class TroubledConservation implements ConservationAuthority {
  readonly issuer = 'troubled';
  readonly accredited = false;
  failure: Error | undefined;
  isThere = true;
  imprintMatches = true;
  warnings: { code: string }[] = [];

  async conserve({ digest }: ConservationOrder): ReturnType<ConservationAuthority['conserve']> {
    if (this.failure) throw this.failure;
    if (!this.isThere) return undefined;
    return {
      response: Buffer.from(`conserved ${digest}`),
      issuedAt: new Date(),
      findings: { imprintMatches: this.imprintMatches },
      conserves: this.imprintMatches ? 'signed-document' : null,
      warnings: this.warnings,
    };
  }
}

/** SQLite's file, and what it keeps beside it. */
const databaseFiles = (folder: string): string[] => globSync(join(folder, 'records.sqlite*'));

/** The jobs on real records and files, beside neighbours that can be told to fail. */
export const startTroubledJobs = async () => {
  const folder = createFolder();
  const deps = createRecordsDeps();
  const records = await openSqliteRecords(join(folder.path, 'records.sqlite'), deps);
  const store = records.signings;
  const files = createDiskStore(join(folder.path, 'files'));
  const [provider, conservation, changes] = [new TroubledProvider(), new TroubledConservation(), createChanges()];
  const verification = new ToldVerification();
  const clock = { shiftMs: 0 };
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  const stopping = new AbortController();
  const advance = createAdvance({
    store,
    files,
    providerOf: () => provider,
    conservationOf: () => conservation,
    verifyDocument: verification.verifyDocument,
    verifyKeyCertificate: verification.verifyKeyCertificate,
    notificationsFor: (_host, ...types) => [...types],
    now: () => new Date(Date.now() + clock.shiftMs),
    outputDeadlineMs: 3_600_000,
    changes,
    log,
    stopping: stopping.signal,
  });
  const stop = async (): Promise<void> => {
    await records.close();
    folder.remove();
  };
  return {
    ...records,
    /** Of the records alone. */
    readDatabase: (): Buffer => Buffer.concat(databaseFiles(folder.path).map((path) => readFileSync(path))),
    sealKey: deps.sealKey,
    store,
    files,
    provider,
    conservation,
    verification,
    clock,
    changes,
    lines,
    advance,
    stopping,
    stop,
  };
};
