import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { SetupError } from '#setup-error.ts';
import { agreements } from './migrate-agreements.ts';
import { sequences } from './migrate-sequences.ts';
import type { Bytes, Schema } from '#records/schema.ts';
import { unfinished } from '#records/summarise.ts';

const first = (bytes: Bytes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('signings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('identifier', 'text', (column) => column.notNull())
      .addColumn('jti', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('epoch', 'integer', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('request_json', 'text', (column) => column.notNull())
      .addColumn('consent_json', 'text')
      .addColumn('outputs_json', 'text', (column) => column.notNull())
      .addColumn('problem', 'text')
      .addColumn('decline_reason', 'text')
      .addUniqueConstraint('signings_identifier', ['host', 'identifier'])
      .addUniqueConstraint('signings_jti', ['host', 'jti'])
      .execute();
    // Finished signings, which are most of them, have no next_at and take no room in this index.
    await db.schema
      .createIndex('signings_due')
      .on('signings')
      .column('next_at')
      .where('next_at', 'is not', null)
      .execute();
    await db.schema
      .createTable('autographs')
      .addColumn('signing_id', 'text', (column) => column.primaryKey().references('signings.id'))
      .addColumn('png', bytes, (column) => column.notNull())
      .addColumn('placed', bytes, (column) => column.notNull())
      .addColumn('width', 'integer', (column) => column.notNull())
      .addColumn('height', 'integer', (column) => column.notNull())
      .addColumn('strokes_json', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('evidence')
      .addColumn('signing_id', 'text', (column) => column.notNull().references('signings.id'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('data_json', 'text', (column) => column.notNull())
      .addColumn('previous', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_entry', ['signing_id', 'sequence'])
      .execute();
    await db.schema
      .createTable('documents')
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('uploaded_digest', 'text', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('pages', 'integer', (column) => column.notNull())
      .addColumn('signatures', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('documents_digest', ['host', 'digest'])
      .execute();
  },
});

/** Columns and tables for questions after a lost answer, seals, and notifications. */
const second: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('signings')
      .addColumn('lookups', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('evidence')
      .addColumn('seal', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createTable('deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('signing_id', 'text', (column) => column.notNull().references('signings.id'))
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('epoch', 'integer', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('outcome', 'text')
      .execute();
    await db.schema
      .createIndex('deliveries_due')
      .on('deliveries')
      .column('next_at')
      .where('next_at', 'is not', null)
      .execute();
    await db.schema.createIndex('deliveries_signing').on('deliveries').column('signing_id').execute();
  },
};

/** The service's own keys, where instances share them. */
const third: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('keys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('files_json', 'text', (column) => column.notNull())
      .execute();
  },
};

/** Signings and agreements are found by their age, to be deleted; of each a note stays. */
const retention: Migration = {
  async up(db: Kysely<Pick<Schema, 'signings'>>) {
    await db.schema
      .alterTable('signings')
      .addColumn('document_digest', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await fillDocumentDigests(db);
    await db.schema.createIndex('signings_document').on('signings').columns(['host', 'document_digest']).execute();
    await db.schema.createIndex('signings_age').on('signings').columns(['status', 'updated_at']).execute();
    await db.schema.createIndex('documents_age').on('documents').column('created_at').execute();
    await db.schema
      .createTable('deletions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('record_json', 'text', (column) => column.notNull())
      .addColumn('seal', 'text', (column) => column.notNull())
      .execute();
  },
};

const fillDocumentDigests = async (db: Kysely<Pick<Schema, 'signings'>>): Promise<void> => {
  for (const { id, request_json } of await db.selectFrom('signings').select(['id', 'request_json']).execute()) {
    const { document } = JSON.parse(request_json) as { document: { digest: string } };
    await db.updateTable('signings').set({ document_digest: document.digest }).where('id', '=', id).execute();
  }
};

/** An index of what is unfinished, so that counting it takes no longer the more signings are finished. */
const backlog: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('signings_unfinished')
      .on('signings')
      .columns(['status', 'created_at'])
      .where(unfinished)
      .execute();
  },
};

/** What the element has shown of agreements that are not signed yet; deliveries are found by their state. */
const showings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('showings')
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('identifier', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('jti', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('showings_token', ['host', 'identifier', 'jti'])
      .execute();
    await db.schema.createIndex('deliveries_state').on('deliveries').columns(['state', 'created_at']).execute();
  },
};

/** Where a signature will be seen is known from the upload on. */
const places: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('documents').addColumn('place_json', 'text').execute();
  },
};

/** What was found in a document is known from the upload on, and becomes evidence. */
const findings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('documents').addColumn('findings_json', 'text').execute();
  },
};

/** Downloads are counted, so that evidence need not have an entry of each. */
const downloads: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('downloads')
      .addColumn('signing_id', 'text', (column) => column.notNull())
      .addColumn('file', 'text', (column) => column.notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('told', 'integer', (column) => column.notNull())
      .addColumn('told_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('downloads_link', ['signing_id', 'file', 'holder'])
      .execute();
  },
};

/** Outputs are spelled in one way everywhere, in what waits to be told as well. */
const spelling: Migration = {
  async up(db: Kysely<Pick<Schema, 'deliveries'>>) {
    const rename = (state: string) =>
      db
        .updateTable('deliveries')
        .set({ type: `conservation-certificate.${state}` })
        .where('type', '=', `conservation.${state}`)
        .execute();
    for (const state of ['issued', 'failed']) await rename(state);
  },
};

/** Initials, beside the autograph. */
const initials = (bytes: Bytes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('autographs').addColumn('initials_png', bytes).execute();
    await db.schema.alterTable('autographs').addColumn('initials_placed', bytes).execute();
    await db.schema.alterTable('autographs').addColumn('initials_json', 'text').execute();
  },
});

/** Certificates that an operator has revoked. */
const revocations: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('revocations')
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('serial_number', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint', (column) => column.notNull())
      .addColumn('registered_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('revocations_certificate', ['issuer', 'serial_number'])
      .execute();
  },
};

/** When time-stamps over documents are to be renewed; those that have one already are to be looked at. */
const renewals: Migration = {
  async up(db: Kysely<Pick<Schema, 'signings'>>) {
    await db.schema.alterTable('signings').addColumn('renew_at', 'bigint').execute();
    await db.schema.alterTable('signings').addColumn('archived_until', 'bigint').execute();
    await db.schema.alterTable('signings').addColumn('archive_digest', 'text').execute();
    await db.schema.createIndex('signings_renewal').on('signings').columns(['renew_at', 'archived_until']).execute();
    await db
      .updateTable('signings')
      .set({ renew_at: 0 })
      .where('status', '=', 'completed')
      .where('outputs_json', 'like', '%"level":"B-LTA"%')
      .execute();
  },
};

/** In the order of their names; one that was released is never edited. */
const createMigrations = (bytes: Bytes): Record<string, Migration> => ({
  '001-first': first(bytes),
  '002-seals-and-deliveries': second,
  '003-keys': third,
  '004-showings': showings,
  '005-retention': retention,
  '006-backlog': backlog,
  '007-sequences': sequences(bytes),
  '008-places': places,
  '009-findings': findings,
  '010-downloads': downloads,
  '011-agreements': agreements(bytes),
  '012-spelling': spelling,
  '013-initials': initials(bytes),
  '014-revocations': revocations,
  '015-renewals': renewals,
});

/** The records were written by a later release, which alone can read them. */
export class LaterReleaseError extends SetupError {
  override name = 'LaterReleaseError';
}

/**
 * Brings the schema up to date; of many that start together one does it, by the database's own lock.
 * @throws LaterReleaseError
 */
export const migrate = async (db: Kysely<Schema>, bytes: Bytes): Promise<void> => {
  const migrations = createMigrations(bytes);
  await requireKnown(db, Object.keys(migrations));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};

const requireKnown = async (db: Kysely<Schema>, names: readonly string[]): Promise<void> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const later = rows.find(({ name }) => !names.includes(name));
  if (later) throw new LaterReleaseError(`the records were written by a later release (${later.name}): start that one`);
};
