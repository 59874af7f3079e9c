import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedSigning } from '../embedded-signing.ts';
import { isPart } from '../fuzz/cases.ts';
import { createStore, pyHanko } from '../pki/judges.ts';
import { createFolder } from '../tools.ts';
import { differences, findListed, type Difference, type Judge } from './differences.ts';
import { fixedDocuments, fixedRoots } from './fixed-documents.ts';
import { mostOf, regionOf } from './random-changes.ts';
import { signDocuments, type Asked } from './signed-documents.ts';
import { opensslWords, popplerWords, pyHankoWords, writeDocuments } from './batches.ts';
import { ourWords, words, type Candidate, type OurWords, type Word } from './words.ts';

/**
 * Samples, attacks, what an earlier release and this one have signed, changes to all of them, and what was changed by updates
 * of more than a hundred kinds, judged by us and by others. Where they come to another word, the reason is in differences.ts.
 */

const folder = createFolder();
afterAll(() => folder.remove());

/** Each verdict is a process of its own: in full each kind is judged on several documents, in part some kinds on one. */
const some = (kind: number): boolean => kind % 10 === 0;
const asked: Asked = isPart
  ? { signed: (at) => at === 0, changed: (at) => at === 0, updated: (kind, at) => at === 0 && some(kind), filled: some }
  : {
      signed: () => true,
      changed: (at) => at % 4 === 0,
      updated: (kind, at) => (kind + at) % 4 === 0,
      filled: () => true,
    };
const isAskedOfFixed = (at: number): boolean => !isPart || at % 16 === 0;

let candidates: Candidate[];
const ours = new Map<string, OurWords>();
const theirs: Partial<Record<Judge, Word[]>> = {};
beforeAll(async () => {
  const signing = await startEmbeddedSigning();
  candidates = [...fixedDocuments.filter((_, at) => isAskedOfFixed(at)), ...(await signDocuments(signing, asked))];
  signing.stop();
  const roots = [...fixedRoots, signing.authority.rootPem];
  folder.write('roots.pem', roots.join(''));
  createStore(folder, roots);
  writeDocuments(folder, candidates);
  const batches = { openssl: opensslWords, poppler: popplerWords, ...(pyHanko && { pyHanko: pyHankoWords }) };
  const judging = Object.entries(batches).map(async ([judge, batch]) => {
    theirs[judge as Judge] = await batch(folder, candidates);
  });
  for (const each of candidates) ours.set(each.name, await ourWords(each, roots));
  await Promise.all(judging);
});

const rank = (word: Word): number => words.indexOf(word);
const wayOf = (our: Word, their: Word) => (rank(our) < rank(their) ? 'say less' : 'say more');

/** Listed differences that were met, by their names in the list. */
const met = new Set<string>();

/** Documents of which somebody says something else than we do, and it is not listed. */
const unlisted = (judge: Judge, our: keyof OurWords): string[] =>
  candidates.flatMap((each, at) => {
    const [own, their] = [ours.get(each.name)![our], theirs[judge]![at]!];
    if (own === their) return [];
    const listed = findListed(judge, wayOf(own, their), each.name);
    if (listed) met.add(`${judge}: ${listed}`);
    return listed ? [] : [`${each.name}: we say ${own}, ${judge} says ${their}`];
  });

test('documents have names of their own', () => {
  expect(ours.size).toBe(candidates.length);
  expect(candidates.length).toBeGreaterThan(isPart ? 40 : 600);
});

test('openssl agrees on each signature, but for what is listed', () => {
  expect(unlisted('openssl', 'signed')).toEqual([]);
});

test('poppler agrees on each signature, but for what is listed', () => {
  expect(unlisted('poppler', 'signed')).toEqual([]);
});

test.skipIf(!pyHanko)('pyHanko agrees on all, where PYHANKO_PATH names its source, but for what is listed', () => {
  expect(theirs.pyHanko).toHaveLength(candidates.length);
  expect(unlisted('pyHanko', 'whole')).toEqual([]);
});

test('what was changed after a signature, or between two, is trusted by nobody of us', () => {
  const changed = [...ours].filter(([name]) => !/: (?:signed|something behind the end)$/.test(name) && !regionOf(name));
  const trusted = changed.filter(([, { whole }]) => whole === 'trusted').map(([name]) => name);
  expect(trusted.filter((name) => !mayBe.has(name) && !/^form: (?:fill|check$)/.test(name))).toEqual([]);
});

test('of what is changed at random we say what may be said of such a place at most', () => {
  const changed = [...ours].flatMap(([name, { whole }]) => {
    const region = regionOf(name);
    return region ? [{ name, whole, most: mostOf[region] }] : [];
  });
  expect(changed.length).toBeGreaterThan(isPart ? 10 : 200);
  expect(changed.filter(({ whole, most }) => rank(whole) > rank(most))).toEqual([]);
});

/** As they are these are signed, and nothing is wrong with them. */
const mayBe = new Set(['updates/control.pdf']);

const isMet = ({ judges }: Difference, name: string): boolean => judges.some((judge) => met.has(`${judge}: ${name}`));

test.skipIf(isPart)('every listed difference is one', () => {
  const listed = differences.filter(({ judges }) => pyHanko ?? judges.some((judge) => judge !== 'pyHanko'));
  const stale = listed.flatMap((each) => each.documents.filter((name) => !isMet(each, name)));
  expect(stale).toEqual([]);
});
