import type { Transaction } from 'kysely';
import type { Schema } from '#records/schema.ts';
import type { Signing } from '#signing/signing.ts';

/** Deletes what is kept of an agreement besides its signings, once none of those is there any more. */
export const forgetAgreement = async (
  trx: Transaction<Schema>,
  { host, identifier }: Pick<Signing, 'host' | 'identifier'>,
): Promise<void> => {
  const left = trx.selectFrom('signings').select('id').where('host', '=', host).where('identifier', '=', identifier);
  if ((await left.limit(1).execute()).length > 0) return;
  for (const table of ['deliveries', 'agreements', 'showings'] as const)
    await trx.deleteFrom(table).where('host', '=', host).where('identifier', '=', identifier).execute();
};
