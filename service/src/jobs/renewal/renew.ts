import { failedOf, type VerifyDocument } from '@tu-esign/verifier/verdicts/findings.ts';
import type { NotificationType } from '@tu-esign/contract';
import type { FileStore } from '#files/file-store.ts';
import { keepOutput } from '#files/keep-output.ts';
import type { LastArchive, Renewals } from '#providers/renew.ts';
import type { RenewalStore } from '#records/renewal/renewals.ts';
import type { Work } from '#scheduling/scheduler.ts';
import { outputKey, type Signing } from '#signing/signing.ts';
import { toCause, type Log } from '#telemetry/log.ts';
import { leastGainMs, planRenewal } from './plan-renewal.ts';

export interface RenewOptions {
  store: RenewalStore;
  files: FileStore;
  renewals: Renewals;
  verifyDocument: VerifyDocument;
  readonly notificationsFor: (hostId: string, ...types: readonly NotificationType[]) => NotificationType[];
  /** For how long before a time-stamp's first certificate ends it is renewed, in days. */
  days: number;
  /** Of what the time-stamps are to be; those of a weaker one are renewed. */
  digest: LastArchive['algorithm'];
  now: () => Date;
  log: Log;
}

const weaker = 'sha256';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** For as long nobody else takes it; who takes it all the same is told by the epoch that they came second. */
const leaseMs = 30 * minuteMs;

/**
 * The work that renews time-stamps over documents before they end: the file grows by what verifies the last one, and by a
 * new one over all of it.
 */
export const createRenew = (options: RenewOptions): Work => {
  const { store, log, now, digest } = options;
  let isStrongerAsked = digest === 'sha384';

  /** Once, after a start: what is of the weaker digest has another time from then on. */
  const makeWeakerDue = async (): Promise<void> => {
    if (isStrongerAsked) await store.makeDue(weaker, now().getTime());
    isStrongerAsked = false;
  };

  const run = async (id: string): Promise<void> => {
    const signing = await store.claim(id, now().getTime(), leaseMs);
    if (signing) await renewOrWait(signing);
  };

  const renewOrWait = async (signing: Signing): Promise<void> => {
    try {
      await look(signing, options);
    } catch (error) {
      log.error('a time-stamp was not renewed', { signing: signing.id, error: toCause(error) });
      await store.defer(signing, now().getTime() + dayMs);
    }
  };

  return {
    name: 'renew',
    pollMs: hourMs,
    async findDue(limit) {
      await makeWeakerDue();
      return store.findDue(now().getTime(), limit);
    },
    run: (id) =>
      run(id).catch((error) => log.error('a time-stamp was not looked at', { signing: id, error: toCause(error) })),
    // What is not done today is found again by findDue.
    dueInMs: async () => null,
    makeAllDue: async () => {},
  };
};

const look = async (signing: Signing, options: RenewOptions): Promise<void> => {
  const { store, files, renewals, days, digest, now, log } = options;
  const { id, identifier, outputs } = signing;
  const document = outputs.document && (await files.read(outputKey(id, outputs.document.digest)));
  if (!document) throw new Error('The signed document is not there');
  const last = await renewals.read(document);
  if (!last) return store.postpone(signing, { renewAt: null, archivedUntil: null, archiveDigest: null });
  const known = { archivedUntil: last.until, archiveDigest: last.algorithm ?? null };
  const isWeaker = last.algorithm === weaker && digest !== weaker;
  const planned = isWeaker ? 'now' : planRenewal(last, { days, now: now().getTime() });
  if (planned !== 'now') return store.postpone(signing, { ...known, renewAt: planned });
  const renewed = await renewals.renew({ id, identifier, document, last });
  if (!renewed) throw new Error('Nobody stamps now');
  const next = await judge(renewed, document, options);
  if (isWeaker || next.until >= last.until + leastGainMs)
    return keep(signing, { renewed, next, endedAt: new Date(last.until) }, options);
  log.error('a new time-stamp would end no later than the one before: rotate the time-stamp key', { signing: id });
  return store.postpone(signing, { ...known, renewAt: now().getTime() + dayMs });
};

/** Looks at the longer document as everybody will. @throws Error where it does not hold */
const judge = async (renewed: Uint8Array, original: Uint8Array, { verifyDocument, renewals, now }: RenewOptions) => {
  const { findings, signatures, startsWithOriginal } = await verifyDocument({
    document: renewed,
    original,
    signatures: 1,
    now: now(),
  });
  const failed = [...failedOf(findings), ...signatures.flatMap((signature) => failedOf(signature.findings))];
  const last = await renewals.read(renewed);
  if (failed.length || !startsWithOriginal || !last)
    throw new Error(`The renewed document does not hold: ${failed.join(', ')}`);
  return last;
};

interface Renewed {
  renewed: Uint8Array;
  next: LastArchive;
  /** When the first certificate of the time-stamp before ends. */
  endedAt: Date;
}

/** The file before stays until it is swept, for whoever is fetching it. */
const keep = async (signing: Signing, { renewed, next, endedAt }: Renewed, options: RenewOptions): Promise<void> => {
  const { store, files, notificationsFor, days, now, log } = options;
  const { document } = signing.outputs;
  const kept = await keepOutput(signing, renewed, files);
  const previous = { digest: document!.digest, bytes: document!.bytes };
  const planned = planRenewal(next, { days, now: now().getTime() });
  const isSaved = await store.save(signing, {
    document: { ...document, ...kept },
    observation: { kind: 'renewed', data: { document: kept, previous, endedAt: endedAt.toISOString() } },
    tell: notificationsFor(signing.host, 'document.renewed'),
    renewAt: planned === 'now' ? now().getTime() + dayMs : planned,
    archivedUntil: next.until,
    archiveDigest: next.algorithm ?? null,
  });
  if (isSaved) log.info('a time-stamp was renewed', { signing: signing.id });
};
