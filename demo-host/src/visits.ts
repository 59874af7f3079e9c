import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agreement } from './agreement.ts';

export interface Signatory {
  givenName: string;
  paternalSurname: string;
  maternalSurname?: string;
  email: string;
  rfc?: string;
}

/** Who signs which agreement: what the token of a visit says. */
interface Visit {
  /** The host's id of the process; the service signs once under it. */
  identifier: string;
  agreement: Agreement;
  signatory: Signatory;
}

/** The visits this host knows, one small file each, so that a restart forgets none. */
export interface Visits {
  create(visit: Omit<Visit, 'identifier'>): Promise<Visit>;
  find(identifier: unknown): Promise<Visit | undefined>;
}

const required = ['givenName', 'paternalSurname', 'email'] as const;
const optional = ['maternalSurname', 'rfc'] as const;

/** The signatory somebody typed; undefined where something is missing. What may be in it, the service says. */
export const readSignatory = (typed: unknown): Signatory | undefined => {
  const members = [...required, ...optional].map((name) => [name, String(Object(typed)[name] ?? '').trim()] as const);
  const filled = Object.fromEntries(members.filter(([, value]) => value !== ''));
  return required.every((name) => name in filled) ? (filled as unknown as Signatory) : undefined;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const openVisits = async (folder: string): Promise<Visits> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (identifier: string) => join(folder, `${identifier}.json`);
  return {
    async create(asked) {
      const visit = { identifier: randomUUID(), ...asked };
      await writeFile(pathOf(visit.identifier), JSON.stringify(visit), { mode: 0o600 });
      return visit;
    },
    async find(identifier) {
      if (typeof identifier !== 'string' || !uuid.test(identifier)) return undefined;
      const text = await readFile(pathOf(identifier), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
};
