import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agreement } from './agreements.ts';
import { claimsOf, nothingAsked, type Asks } from './asks.ts';

export interface Signatory {
  givenName: string;
  paternalSurname?: string;
  maternalSurname?: string;
  email: string;
  rfc?: string;
}

/** Who signs which agreement: what the token of a visit says. */
export interface Visit {
  /** Names the visit in its link. */
  id: string;
  /** The host's id of the process; the service signs once under it for each signatory. */
  identifier: string;
  agreement: Agreement;
  signatory: Signatory;
  /** This signatory's place, from 1, and how many sign. */
  sequence: { position: number; of: number };
  /** The visits of all who sign, in their order. */
  visits: string[];
  /** What else the token asks; visits of before have none. */
  asks?: Asks;
}

/** The visits this host knows, one small file each, so that a restart forgets none. */
export interface Visits {
  /** A process: a visit for each signatory, in the order in which they sign. */
  create(agreement: Agreement, signatories: readonly Signatory[], asks?: Asks): Promise<Visit[]>;
  find(id: unknown): Promise<Visit | undefined>;
}

const required = ['givenName', 'email'] as const;
const optional = ['paternalSurname', 'maternalSurname', 'rfc'] as const;

/** The signatory as typed in the panel; undefined where something is missing. The service checks everything else. */
export const readSignatory = (typed: unknown): Signatory | undefined => {
  const members = [...required, ...optional].map((name) => [name, String(Object(typed)[name] ?? '').trim()] as const);
  const filled = Object.fromEntries(members.filter(([, value]) => value !== ''));
  return required.every((name) => name in filled) ? (filled as unknown as Signatory) : undefined;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const openVisits = async (folder: string): Promise<Visits> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => join(folder, `${id}.json`);
  const write = (visit: Visit) => writeFile(pathOf(visit.id), JSON.stringify(visit), { mode: 0o600 });
  return {
    async create(agreement, signatories, asks = nothingAsked) {
      const visits = signatories.map(() => randomUUID());
      const created = signatories.map((signatory, index) => ({
        id: visits[index]!,
        identifier: visits[0]!,
        agreement,
        signatory,
        sequence: { position: index + 1, of: signatories.length },
        visits,
        asks,
      }));
      await Promise.all(created.map(write));
      return created;
    },
    async find(id) {
      if (typeof id !== 'string' || !uuid.test(id)) return undefined;
      const text = await readFile(pathOf(id), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
};

/** What the token of a visit asks to be signed. */
export const toRequest = (visit: Visit): Record<string, unknown> => {
  const { identifier, signatory, sequence, agreement, asks = nothingAsked } = visit;
  const { placement, ...document } = agreement;
  // The agreement has a place for the first signature only; the service finds free space for the others.
  const first = sequence.position === 1;
  const claims = claimsOf(first ? asks : { ...asks, place: '' }, first ? placement : undefined);
  return { identifier, document, signatory, sequence, ...claims };
};
