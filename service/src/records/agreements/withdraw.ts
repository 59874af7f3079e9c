import type { Transaction } from 'kysely';
import { isSignedByAll } from '#signing/agreement/agreement.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import type { QueryDeps } from '#records/deps.ts';
import { appendObservations } from '#records/evidence-rows.ts';
import type { Schema } from '#records/schema.ts';
import { toSigning, toSigningRow } from '#records/signing-rows.ts';
import type { NewWithdrawal, WithdrawResult } from '#records/signing-store.ts';
import { endAgreement, findAgreement, lockAgreement } from './agreements.ts';
import { listOf, tellOfWithdrawal } from './tell.ts';

type Trx = Transaction<Schema>;
type Named = Pick<Signing, 'host' | 'identifier'>;

/** Withdraws what a host asked to be signed, for good, as long as nobody is signing and not all have signed. */
export const createWithdrawals = (deps: QueryDeps) => {
  const { db, now, seal } = deps;

  /** The signing that was accepted is withdrawn with it: a worker that has just taken it up can save nothing more. */
  const withdrawSigning = async (trx: Trx, signing: Signing, reason: string | null): Promise<Signing> => {
    const withdrawn = advanceTo(signing, 'withdrawn');
    const saved = { ...withdrawn, epoch: signing.epoch + 1, updatedAt: now().getTime() };
    const row = { ...toSigningRow(saved), next_at: null };
    await trx.updateTable('signings').set(row).where('id', '=', signing.id).execute();
    const observations = [{ kind: 'withdrawn', data: { by: 'host', ...(reason && { reason }) } } as const];
    await appendObservations(trx, signing.id, { observations, seal, now });
    return saved;
  };

  const withdraw = async (trx: Trx, withdrawal: NewWithdrawal): Promise<WithdrawResult | 'changed'> => {
    const { reason, tell } = withdrawal;
    // Signings first, as everybody does who locks both.
    const signings = await lockSignings(trx, withdrawal);
    const agreement = await lockAgreement(trx, withdrawal, deps);
    if (agreement.withdrawnAt !== null) return { agreement, signing: undefined };
    // From now on nobody can come any more; but somebody has, in between.
    if ((await listOf(trx, withdrawal)).length > signings.length) return 'changed';
    const open = signings.find(({ outputs }) => !outputs.document);
    if (agreement.state !== 'open' || !mayBeWithdrawn(signings, open)) return 'too-late';
    const signing = open && (await withdrawSigning(trx, open, reason));
    const end = { state: 'ended', reason: 'withdrawn', withdrawnAt: now().getTime(), withdrawReason: reason } as const;
    await endAgreement(trx, withdrawal, { end, now });
    await tellOfWithdrawal(trx, { ...withdrawal, acting: signing }, { tell, deps });
    return { agreement: { ...agreement, ...end }, signing };
  };

  return {
    findAgreement: (host: string, identifier: string) => findAgreement(db, host, identifier),
    async withdraw(withdrawal: NewWithdrawal): Promise<WithdrawResult> {
      for (;;) {
        const result = await db.transaction().execute((trx) => withdraw(trx, withdrawal));
        if (result !== 'changed') return result;
      }
    },
  };
};

/** Nobody is signing now, and not all have signed. */
const mayBeWithdrawn = (signings: readonly Signing[], open: Signing | undefined): boolean =>
  open ? open.status === 'accepted' : !isSignedByAll(signings);

const lockSignings = async (trx: Trx, { host, identifier }: Named): Promise<Signing[]> => {
  const query = trx.updateTable('signings').set({ host }).where('host', '=', host);
  const rows = await query.where('identifier', '=', identifier).returningAll().execute();
  return rows.sort((one, other) => one.position - other.position).map(toSigning);
};
