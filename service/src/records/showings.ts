import { sql, type Transaction } from 'kysely';
import type { Observation } from '#signing/evidence.ts';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import type { RecordsOptions } from './records.ts';
import type { Schema } from './schema.ts';
import type { Showing } from './signing-store.ts';

/** A visit is a token; who visits more often than this before signing leaves the last of them as evidence. */
const mostShown = 20;

export const createShowings = ({ db, now }: RecordsOptions) => ({
  async insertShowing({ host, identifier, position, digest, jti }: Showing): Promise<void> {
    // What is shown once it is signed is no part of what led to it, and would wait for ever.
    const query = sql`
      insert into showings (host, identifier, position, digest, jti, at)
      select ${host}, ${identifier}, cast(${position} as integer), ${digest}, ${jti}, cast(${now().getTime()} as bigint)
      where not exists (
        select 1 from signings where host = ${host} and identifier = ${identifier} and position = ${position})
      on conflict do nothing`;
    await query.execute(db);
  },
});

/** Takes what was shown of a signing's agreement before it was accepted, oldest first, out of its waiting place. */
export const takeShowings = async (trx: Transaction<Schema>, signing: Signing): Promise<Observation[]> => {
  const { host, identifier, request, given } = signing;
  const query = trx
    .deleteFrom('showings')
    .where('host', '=', host)
    .where('identifier', '=', identifier)
    .where('position', '=', sequenceOf(request).position);
  const rows = await query.returning(['digest', 'jti', 'at']).execute();
  return rows
    .filter(({ digest }) => digest === given.digest)
    .sort((one, other) => one.at - other.at)
    .slice(-mostShown)
    .map(({ digest, jti, at }) => ({
      kind: 'document-shown',
      data: { document: digest, tokenId: jti, shownAt: new Date(at).toISOString() },
    }));
};
