import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { agreement } from '../running-service.ts';
import { agreementDigest, type Act } from './ledger.ts';
import type { World } from './world.ts';

/**
 * What the first release left in its folder, after a signing had been stopped in every state: records.sql and
 * files, as that release wrote them; of keys there are none.
 */
const release = new URL('../fixtures/release-1/', import.meta.url);

/** Fills a world's folder with what the first release left; the acts behind it. */
export const plantFirstRelease = ({ folder }: World): Act[] => {
  const data = join(folder.path, 'data');
  const files = join(data, 'files');
  mkdirSync(join(files, 'documents'), { recursive: true });
  cpSync(new URL('files', release), files, { recursive: true });
  mkdirSync(join(files, 'documents/embedded'));
  folder.write(join('data/files/documents/embedded', agreementDigest), agreement);
  const db = new DatabaseSync(join(data, 'records.sqlite'), { enableForeignKeyConstraints: false });
  db.exec(readFileSync(new URL('records.sql', release), 'utf8'));
  const signings = db.prepare("select id, identifier from signings where status <> 'declined'").all();
  db.close();
  return signings.map(({ id, identifier }) => ({
    host: 'embedded',
    identifier: String(identifier),
    answers: [202],
    losses: [],
    id: String(id),
  }));
};
