import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.ts';

/** What the first release kept. */
const firstRelease: Record<string, string[]> = {
  signings: ['id', 'host', 'identifier', 'jti', 'fingerprint', 'status', 'epoch', 'attempts', 'created_at'].concat(
    'updated_at',
    'next_at',
    'request_json',
    'consent_json',
    'outputs_json',
    'problem',
    'decline_reason',
  ),
  autographs: ['signing_id', 'png', 'placed', 'width', 'height', 'strokes_json'],
  evidence: ['signing_id', 'sequence', 'at', 'kind', 'data_json', 'previous', 'digest'],
  documents: ['host', 'digest', 'uploaded_digest', 'bytes', 'pages', 'signatures', 'created_at'],
};
const firstIndex = 'signings_due';

/** In which state each signing was left, with what was not yet observed, and what was made. */
const states = [
  { status: 'accepted', before: 'submitted', outputs: [] },
  { status: 'submitting', before: 'signed', outputs: [] },
  { status: 'signed', before: 'conserved', outputs: ['document', 'keyCertificate'] },
  { status: 'conserved', before: 'completed', outputs: ['document', 'keyCertificate', 'conservationCertificate'] },
];

/** Turns a folder's records into those of the first release, with a signing in every state that was under way. */
export const plantStates = ({ folder }: World): void => {
  const db = new DatabaseSync(join(folder.path, 'data', 'records.sqlite'), { enableForeignKeyConstraints: false });
  forgetLaterReleases(db);
  const signings = db.prepare('select id, outputs_json from signings order by created_at').all();
  states.forEach(({ status, before, outputs }, at) => {
    const { id, outputs_json } = signings[at] as { id: string; outputs_json: string };
    const made = Object.entries(JSON.parse(outputs_json) as object).filter(([name]) => outputs.includes(name));
    db.prepare('update signings set status = ?, outputs_json = ?, next_at = 0 where id = ?').run(
      status,
      JSON.stringify(Object.fromEntries(made)),
      id,
    );
    const { sequence } = db.prepare('select sequence from evidence where signing_id = ? and kind = ?').get(id, before)!;
    db.prepare('delete from evidence where signing_id = ? and sequence >= ?').run(id, sequence!);
  });
  db.close();
};

const namesOf = (db: DatabaseSync, text: string): string[] =>
  db
    .prepare(text)
    .all()
    .map(({ name }) => String(name));

const forgetLaterReleases = (db: DatabaseSync): void => {
  const own = "name not like 'sqlite_%' and name not like 'kysely_%'";
  for (const index of namesOf(db, `select name from sqlite_master where type = 'index' and ${own}`))
    if (index !== firstIndex) db.exec(`drop index ${index}`);
  for (const table of namesOf(db, `select name from sqlite_master where type = 'table' and ${own}`)) {
    const kept = firstRelease[table];
    if (!kept) db.exec(`drop table ${table}`);
    else
      for (const column of namesOf(db, `select name from pragma_table_info('${table}')`))
        if (!kept.includes(column)) db.exec(`alter table ${table} drop column ${column}`);
  }
  db.exec("delete from kysely_migration where name > '001-first'");
};
