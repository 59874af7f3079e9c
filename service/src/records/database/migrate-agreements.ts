import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Bytes, Schema } from '#records/schema.ts';
import { comparable } from '#records/signing-rows.ts';

type Db = Kysely<unknown>;

/** Agreements as a whole, what host's back ends ask for, and wishes to have a person's data erased. */
export const agreements = (bytes: Bytes): Migration => ({
  async up(db: Db) {
    await createAgreements(db);
    await (bytes === 'blob' ? renewDeliveriesInSqlite(db) : alterDeliveries(db));
    await sql`update deliveries set identifier =
      coalesce((select identifier from signings where signings.id = deliveries.signing_id), '')`.execute(db);
    await createErasures(db);
    await addEmails(db);
  },
});

const createAgreements = async (db: Db): Promise<void> => {
  await db.schema
    .createTable('agreements')
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('withdrawn_at', 'bigint')
    .addColumn('withdraw_reason', 'text')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('agreements_identifier', ['host', 'identifier'])
    .execute();
  await db.schema.createIndex('agreements_age').on('agreements').column('updated_at').execute();
};

const alterDeliveries = async (db: Db): Promise<void> => {
  await db.schema
    .alterTable('deliveries')
    .alterColumn('signing_id', (column) => column.dropNotNull())
    .execute();
  await db.schema
    .alterTable('deliveries')
    .addColumn('identifier', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('state_then_json', 'text')
    .execute();
  await createDeliveriesIndex(db);
};

const createDeliveriesIndex = (db: Db) =>
  db.schema.createIndex('deliveries_identifier').on('deliveries').columns(['host', 'identifier']).execute();

const oldColumns = 'id, signing_id, host, type, state, epoch, attempts, created_at, next_at, outcome';

/** SQLite lets no column become optional: the table is made anew, and its rows are moved. */
const renewDeliveriesInSqlite = async (db: Db): Promise<void> => {
  await db.schema
    .createTable('renewed')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('signing_id', 'text', (column) => column.references('signings.id'))
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('identifier', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('state_then_json', 'text')
    .execute();
  const columns = sql.raw(oldColumns);
  await sql`insert into renewed (${columns}) select ${columns} from deliveries`.execute(db);
  await db.schema.dropTable('deliveries').execute();
  await db.schema.alterTable('renewed').renameTo('deliveries').execute();
  await db.schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .column('next_at')
    .where('next_at', 'is not', null)
    .execute();
  await db.schema.createIndex('deliveries_signing').on('deliveries').column('signing_id').execute();
  await db.schema.createIndex('deliveries_state').on('deliveries').columns(['state', 'created_at']).execute();
  await createDeliveriesIndex(db);
};

const createErasures = async (db: Db): Promise<void> => {
  await db.schema
    .createTable('erasures')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('subject_json', 'text')
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('retained_json', 'text')
    .execute();
  await sql`create index erasures_open on erasures (requested_at) where done_at is null`.execute(db);
  await db.schema.alterTable('deletions').addColumn('erasure_id', 'text').execute();
  await db.schema.createIndex('deletions_erasure').on('deletions').column('erasure_id').execute();
};

const addEmails = async (db: Kysely<Pick<Schema, 'signings'>>): Promise<void> => {
  await db.schema
    .alterTable('signings')
    .addColumn('email', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  for (const { id, request_json } of await db.selectFrom('signings').select(['id', 'request_json']).execute()) {
    const { signatory } = JSON.parse(request_json) as { signatory: { email: string } };
    await db
      .updateTable('signings')
      .set({ email: comparable(signatory.email) })
      .where('id', '=', id)
      .execute();
  }
  await db.schema.createIndex('signings_email').on('signings').columns(['host', 'email']).execute();
  await db.schema.createIndex('signings_changed').on('signings').columns(['host', 'updated_at', 'id']).execute();
};
