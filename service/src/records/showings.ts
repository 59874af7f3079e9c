import { sql, type Transaction } from 'kysely';
import type { Observation } from '#signing/evidence.ts';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import type { QueryDeps } from './deps.ts';
import type { Schema } from './schema.ts';
import type { Showing } from './signing-store.ts';

/** Of how many visits (each has a token of its own) evidence says that the document was shown: the last ones. */
const mostShown = 20;

export const createShowings = ({ db, now }: QueryDeps) => ({
  async insertShowing({ host, identifier, position, digest, jti }: Showing): Promise<void> {
    // What is shown after the signing was accepted did not lead to it, and no signing would ever take it from here.
    const query = sql`
      insert into showings (host, identifier, position, digest, jti, at)
      select ${host}, ${identifier}, cast(${position} as integer), ${digest}, ${jti}, cast(${now().getTime()} as bigint)
      where not exists (
        select 1 from signings where host = ${host} and identifier = ${identifier} and position = ${position})
      on conflict do nothing`;
    await query.execute(db);
  },
  async firstShownAt({ host, identifier, position }: Pick<Showing, 'host' | 'identifier' | 'position'>) {
    const query = db
      .selectFrom('showings')
      .select('at')
      .where('host', '=', host)
      .where('identifier', '=', identifier)
      .where('position', '=', position)
      .orderBy('at');
    return (await query.limit(1).executeTakeFirst())?.at;
  },
});

/**
 * Takes out of the table when the signatory was shown the document that is now accepted, oldest first: as the signing's
 * first evidence.
 */
export const takeShowings = async (trx: Transaction<Schema>, signing: Signing): Promise<Observation[]> => {
  const { host, identifier, request, input } = signing;
  const query = trx
    .deleteFrom('showings')
    .where('host', '=', host)
    .where('identifier', '=', identifier)
    .where('position', '=', sequenceOf(request).position);
  const rows = await query.returning(['digest', 'jti', 'at']).execute();
  return rows
    .filter(({ digest }) => digest === input.digest)
    .sort((one, other) => one.at - other.at)
    .slice(-mostShown)
    .map(({ digest, jti, at }) => ({
      kind: 'document-shown',
      data: { document: digest, tokenId: jti, shownAt: new Date(at).toISOString() },
    }));
};
