import type { SignatureLevel } from '@tu-esign/contract';
import { isSelfIssued } from '#certificates/names.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { judgeChain, tryRead, type Signer } from '#certificates/chain.ts';
import type { Purpose } from '#certificates/purposes.ts';
import type { Ports } from '#ports/ports.ts';
import type { ListsBy } from './list-signatures.ts';
import type { SecurityStore, StoreReader } from './security-store.ts';
import { statusOfPath, type RevocationStatus } from './status.ts';

/** A key that a signature rests on, and when it was used. */
export interface Used {
  signer: Signer;
  purpose: Purpose;
  at: Date;
}

/** What is asked of the keys that a signature rests on. */
export interface RevocationQuestion {
  stores: StoreReader;
  listsBy: ListsBy;
  /** The signature's own, and those of its time-stamps. */
  used: readonly Used[];
  /** Undefined where nobody said whom to believe: chains then end where they end by themselves. */
  roots: readonly Certificate[] | undefined;
}

export interface LevelQuestion extends RevocationQuestion {
  /** Whether a time-stamp proves when it was made. */
  timeProven: boolean;
  /** Ends of what the time-stamps of the document cover that lie behind the signature, and hold. */
  stampedTo: readonly number[];
}

/**
 * The level of a signature that holds. What is claimed is no more than what is there: a store that lacks one list of one
 * authority is none, and a time-stamp of the document is an archive's where the store that it covers lacks nothing.
 */
export const levelOf = async (question: LevelQuestion, ports: Ports): Promise<SignatureLevel> => {
  const { stores, timeProven, stampedTo } = question;
  if (!timeProven) return 'B-B';
  for (const end of stampedTo) if (await hasAll(question, stores.at(end), ports)) return 'B-LTA';
  return (await hasAll(question, stores.newest(), ports)) ? 'B-LT' : 'B-T';
};

/** Whether the store has all certificates up to a root, and of each below it a list that says that it was not revoked. */
const hasAll = async (question: LevelQuestion, store: SecurityStore, ports: Ports): Promise<boolean> => {
  const said = store.lists.length ? await statusesOf(question, store, ports) : [];
  return said.length > 0 && said.every((status) => status === 'good');
};

/** What the store says of each chain that a signature rests on. */
const statusesOf = (
  { used, roots, listsBy }: RevocationQuestion,
  store: SecurityStore,
  ports: Ports,
): Promise<RevocationStatus[]> => Promise.all(used.map((one) => statusOfChain(one, { store, roots, listsBy }, ports)));

const statusOfChain = async (
  { signer, purpose, at }: Used,
  { store, roots, listsBy }: { store: SecurityStore } & Pick<RevocationQuestion, 'roots' | 'listsBy'>,
  ports: Ports,
): Promise<RevocationStatus> => {
  const certificates = [...signer.certificates, ...store.certificates.map(({ der }) => der)];
  const believed = roots ?? certificates.flatMap((der) => tryRead(der) ?? []).filter(isSelfIssued);
  const { signerCertificate } = signer;
  const { path } = await judgeChain({ signerCertificate, certificates }, { roots: believed, at, purpose }, ports);
  return path ? statusOfPath(path, { lists: store.lists, at, purpose }, listsBy) : 'unknown';
};

/**
 * Whether none of the certificates that a signature rests on was revoked when it was used, as the lists say that the
 * document carries, or has carried where a signature ends: false where one was, null where they do not speak of all.
 */
export const wereNotRevoked = async (
  { ends, ...question }: RevocationQuestion & { ends: readonly number[] },
  ports: Ports,
): Promise<boolean | null> => {
  const store = question.stores.ever(ends);
  if (store.lists.length === 0) return null;
  const said = await statusesOf(question, store, ports);
  if (said.includes('revoked')) return false;
  return said.includes('unknown') || said.length === 0 ? null : true;
};
