import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Bytes } from '#records/schema.ts';
import { unfinished } from '#records/summarise.ts';

type Db = Kysely<unknown>;

/** Several signatories of one agreement, each with a record of their own, and outputs that stand by themselves. */
export const sequences = (bytes: Bytes): Migration => ({
  async up(db: Db) {
    await (bytes === 'blob' ? renewSigningsInSqlite(db) : alterSignings(db));
    await sql`update signings set given_digest = document_digest`.execute(db);
    await sql`update signings set signed_at = updated_at where status in ('signed', 'conserved')`.execute(db);
    await db.schema
      .createIndex('signings_previous')
      .on('signings')
      .column('previous_id')
      .where('previous_id', 'is not', null)
      .execute();
    await db.schema
      .alterTable('showings')
      .addColumn('position', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
  },
});

const alterSignings = async (db: Db): Promise<void> => {
  await db.schema.alterTable('signings').dropConstraint('signings_identifier').execute();
  await db.schema
    .alterTable('signings')
    .addColumn('position', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('given_digest', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('previous_id', 'text')
    .addColumn('taken_at', 'bigint')
    .addColumn('signed_at', 'bigint')
    .addColumn('standings_json', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await db.schema
    .alterTable('signings')
    .addUniqueConstraint('signings_position', ['host', 'identifier', 'position'])
    .execute();
};

/** SQLite drops no constraint: the table is made anew, and its rows are moved. */
const renewSigningsInSqlite = async (db: Db): Promise<void> => {
  await defineSignings(db.schema.createTable('renewed')).execute();
  const columns = sql.raw(oldColumns.join(', '));
  await sql`insert into renewed (${columns}) select ${columns} from signings`.execute(db);
  await db.schema.dropTable('signings').execute();
  await db.schema.alterTable('renewed').renameTo('signings').execute();
  await createIndexes(db);
};

const oldColumns = [
  'id',
  'host',
  'identifier',
  'jti',
  'fingerprint',
  'status',
  'epoch',
  'attempts',
  'lookups',
  'created_at',
  'updated_at',
  'next_at',
  'request_json',
  'document_digest',
  'consent_json',
  'outputs_json',
  'problem',
  'decline_reason',
];

const defineSignings = (table: CreateTableBuilder<string>) =>
  table
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('jti', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('lookups', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('request_json', 'text', (column) => column.notNull())
    .addColumn('document_digest', 'text', (column) => column.notNull())
    .addColumn('given_digest', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('previous_id', 'text')
    .addColumn('taken_at', 'bigint')
    .addColumn('signed_at', 'bigint')
    .addColumn('consent_json', 'text')
    .addColumn('outputs_json', 'text', (column) => column.notNull())
    .addColumn('standings_json', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('problem', 'text')
    .addColumn('decline_reason', 'text')
    .addUniqueConstraint('signings_position', ['host', 'identifier', 'position'])
    .addUniqueConstraint('signings_jti', ['host', 'jti']);

const createIndexes = async (db: Db): Promise<void> => {
  await db.schema
    .createIndex('signings_due')
    .on('signings')
    .column('next_at')
    .where('next_at', 'is not', null)
    .execute();
  await db.schema.createIndex('signings_document').on('signings').columns(['host', 'document_digest']).execute();
  await db.schema.createIndex('signings_age').on('signings').columns(['status', 'updated_at']).execute();
  await db.schema
    .createIndex('signings_unfinished')
    .on('signings')
    .columns(['status', 'created_at'])
    .where(unfinished)
    .execute();
};
