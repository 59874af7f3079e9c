import { isOfAgreement, type NotificationType, type StateThen } from '@tu-esign/contract';
import type { Transaction } from 'kysely';
import { endOf, stateOfSequence, turnOf } from '#signing/agreement/agreement.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { isFinished, type Signing } from '#signing/signing.ts';
import { insertDeliveries } from '#records/deliveries.ts';
import type { QueryDeps } from '#records/deps.ts';
import type { Schema } from '#records/schema.ts';
import { toSigning } from '#records/signing-rows.ts';
import { endAgreement, lockAgreement } from './agreements.ts';

type Trx = Transaction<Schema>;
type Named = Pick<Signing, 'host' | 'identifier'>;

interface Telling {
  /** What the host wants to be told, as far as it has come to that. */
  tell: readonly NotificationType[];
  deps: QueryDeps;
}

/** All signatories' signings, in their order. */
export const listOf = async (db: QueryDeps['db'] | Trx, { host, identifier }: Named): Promise<Signing[]> => {
  const query = db.selectFrom('signings').selectAll().where('host', '=', host).where('identifier', '=', identifier);
  return (await query.orderBy('position').execute()).map(toSigning);
};

/**
 * Tells the host what has become of a signing, and, where that was the last thing that was missing, of its agreement: in
 * the transaction of what happened. Of several that end at once, in however many instances, one finds all the others
 * ended, since each of them locks the agreement before it looks; and what has ended once ends no second time.
 */
export const settleAndTell = async (trx: Trx, signing: Signing, { tell, deps }: Telling): Promise<void> => {
  const ended = isFinished(signing.status) ? await settle(trx, signing, deps) : undefined;
  const types = tell.filter((type) => !isOfAgreement(type) || type === ended);
  if (types.length === 0) return;
  const signings = await listOf(trx, signing);
  for (const type of types) {
    const { position, of } = sequenceOf(signing.request);
    const sequence = { position, of, state: stateOfSequence(signings) };
    const stateThen = isOfAgreement(type) ? { sequence } : { status: signing.status, sequence };
    await insertDeliveries(trx, aboutOf(signing, stateThen), { tell: [type], deps });
  }
};

const aboutOf = ({ id, host, identifier }: Signing, stateThen: StateThen) => ({
  signingId: id,
  host,
  identifier,
  stateThen,
});

const settle = async (trx: Trx, signing: Signing, { now }: QueryDeps): Promise<NotificationType | undefined> => {
  const { state } = await lockAgreement(trx, signing, { now });
  if (state !== 'open') return undefined;
  const end = endOf(await listOf(trx, signing));
  if (!end || !(await endAgreement(trx, signing, { end, now }))) return undefined;
  return end.state === 'completed' ? 'agreement.completed' : 'agreement.ended';
};

interface Withdrawn extends Named {
  /** The signing that was withdrawn with it. */
  acting: Signing | undefined;
}

/** Tells the host that it has withdrawn an agreement: other systems of its own may not know. */
export const tellOfWithdrawal = async (
  trx: Trx,
  { host, identifier, acting }: Withdrawn,
  { tell, deps }: Telling,
): Promise<void> => {
  const sequence = { ...turnOf(await listOf(trx, { host, identifier })), state: 'ended' } as const;
  const about = { host, identifier, signingId: acting?.id ?? null };
  const [ofAgreement, ofSigning] = [tell.filter(isOfAgreement), tell.filter((type) => !isOfAgreement(type))];
  if (acting) {
    const stateThen = { status: acting.status, sequence };
    await insertDeliveries(trx, { ...about, stateThen }, { tell: ofSigning, deps });
  }
  await insertDeliveries(trx, { ...about, stateThen: { sequence } }, { tell: ofAgreement, deps });
};
