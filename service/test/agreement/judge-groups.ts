import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { startEmbeddedSigning } from '../embedded-signing.ts';
import { createStore, pyHanko } from '../pki/judges.ts';
import { runForBytes, type Folder } from '../tools.ts';
import { opensslWords, popplerWords, pyHankoWords, writeDocuments, type Batch } from './batches.ts';
import type { Judge } from './differences.ts';
import { fixedRoots } from './fixed-documents.ts';
import { originalOf, regionOf } from './random-changes.ts';
import type { Group } from './signed-documents.ts';
import { ourWords, signaturesIn, type Candidate, type OurWords, type Word } from './words.ts';

/** What everybody says of the documents of many groups, batch by batch: what is judged is kept, and not judged again. */

/** A document, and everybody's word on it. */
export interface Judged {
  name: string;
  ours: OurWords;
  theirs: Partial<Record<Judge, Word>>;
  /** Of what was changed and is trusted nevertheless: whether it shows the pages that were signed first. */
  looksAsBefore?: boolean;
}

/** Groups that are judged at once: each judge is a process that is started anew for each batch. */
const groupsInBatch = 8;

const batches: Partial<Record<Judge, Batch>> = {
  openssl: opensslWords,
  poppler: popplerWords,
  ...(pyHanko && { pyHanko: pyHankoWords }),
};

/** What poppler shows of each page, small. */
const shownOf = (folder: Folder, document: Uint8Array): string =>
  createHash('sha256')
    .update(runForBytes('pdftoppm', ['-r', '30', folder.write('shown.pdf', document)]))
    .digest('hex');

/** Whether it shows what the first signatory of the one that was there before has signed. */
const isShownBefore = (folder: Folder, document: Uint8Array, { document: before }: Candidate): boolean => {
  const end = Math.min(...signaturesIn(before).map((each) => each.end));
  return shownOf(folder, document) === shownOf(folder, before.subarray(0, end));
};

/** At random, or by somebody. */
const isChanged = (name: string): boolean => regionOf(name) !== undefined || /^(?:attacks|updates)\//.test(name);

const judgeAll = async (
  folder: Folder,
  candidates: readonly Candidate[],
  roots: readonly string[],
): Promise<Judged[]> => {
  writeDocuments(folder, candidates);
  const judging = Object.entries(batches).map(
    async ([judge, batch]) => [judge, await batch(folder, candidates)] as const,
  );
  const ours: OurWords[] = [];
  for (const each of candidates) ours.push(await ourWords(each, roots));
  const told = await Promise.all(judging);
  const look = ({ name, document }: Candidate): boolean =>
    isShownBefore(
      folder,
      document,
      candidates.find((each) => each.name === originalOf(name))!,
    );
  return candidates.map((each, at) => ({
    name: each.name,
    ours: ours[at]!,
    theirs: Object.fromEntries(told.map(([judge, words]) => [judge, words[at]])),
    ...(isChanged(each.name) && ours[at]!.whole === 'trusted' && { looksAsBefore: look(each) }),
  }));
};

/** Where what is judged is kept, so that a run that was ended goes on where it was: of one state of the code. */
const keptIn = process.env['TU_ESIGN_AGREEMENT_KEPT'];

interface Kept {
  group: string;
  judged: Judged[];
}

const readKept = (): Kept[] =>
  keptIn !== undefined && existsSync(keptIn)
    ? readFileSync(keptIn, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Kept)
    : [];

const keep = (kept: readonly Kept[]): Kept[] => {
  if (keptIn !== undefined) appendFileSync(keptIn, kept.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return [...kept];
};

type Signing = Awaited<ReturnType<typeof startEmbeddedSigning>>;

/** What we and others trust. */
const rootsOf = ({ authority }: Signing): string[] => [...fixedRoots, authority.rootPem];

const judgeBatch = async (folder: Folder, groups: readonly Group[], signing: Signing): Promise<Kept[]> => {
  const made = [];
  for (const { name, make } of groups) made.push({ group: name, documents: await make(signing) });
  const all = made.flatMap(({ documents }) => documents);
  const judged = new Map((await judgeAll(folder, all, rootsOf(signing))).map((each) => [each.name, each]));
  return made.map(({ group, documents }) => ({ group, judged: documents.map(({ name }) => judged.get(name)!) }));
};

export const judgeGroups = async (folder: Folder, groups: readonly Group[]): Promise<Judged[]> => {
  const kept = readKept().filter(({ group }) => groups.some(({ name }) => name === group));
  const left = groups.filter(({ name }) => !kept.some(({ group }) => group === name));
  const signing = await startEmbeddedSigning();
  folder.write('roots.pem', rootsOf(signing).join(''));
  createStore(folder, rootsOf(signing));
  for (let at = 0; at < left.length; at += groupsInBatch)
    kept.push(...keep(await judgeBatch(folder, left.slice(at, at + groupsInBatch), signing)));
  signing.stop();
  return kept.flatMap(({ judged }) => judged);
};
