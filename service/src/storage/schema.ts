import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Times are milliseconds since the epoch; what is written in JSON is named so. */
export interface Schema {
  signings: {
    id: string;
    host: string;
    identifier: string;
    jti: string;
    fingerprint: string;
    status: string;
    epoch: number;
    attempts: number;
    created_at: number;
    updated_at: number;
    /** When a worker has to look at it again; null when never. */
    next_at: number | null;
    request_json: string;
    consent_json: string | null;
    outputs_json: string;
    problem: string | null;
    decline_reason: string | null;
  };
  autographs: {
    signing_id: string;
    png: Uint8Array;
    placed: Uint8Array;
    width: number;
    height: number;
    strokes_json: string;
  };
  evidence: {
    signing_id: string;
    sequence: number;
    at: string;
    kind: string;
    data_json: string;
    previous: string;
    digest: string;
  };
  documents: {
    host: string;
    digest: string;
    uploaded_digest: string;
    bytes: number;
    pages: number;
    signatures: number;
    created_at: number;
  };
}

const first: Migration = {
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
    // Only the unfinished are looked for, and they are few.
    await db.schema
      .createIndex('signings_due')
      .on('signings')
      .column('next_at')
      .where('next_at', 'is not', null)
      .execute();
    await db.schema
      .createTable('autographs')
      .addColumn('signing_id', 'text', (column) => column.primaryKey().references('signings.id'))
      .addColumn('png', 'blob', (column) => column.notNull())
      .addColumn('placed', 'blob', (column) => column.notNull())
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
};

/** In the order of their names; one that was released is never edited. */
export const migrations: Record<string, Migration> = { '001-first': first };
