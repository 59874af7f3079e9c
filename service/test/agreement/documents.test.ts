import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedSigning } from '../embedded-signing.ts';
import { isPart } from '../fuzz/cases.ts';
import { createStore, pyHanko } from '../pki/judges.ts';
import { createFolder } from '../tools.ts';
import { differences, findListed, type Difference, type Judge } from './differences.ts';
import { fixedDocuments, fixedRoots, type Candidate } from './fixed-documents.ts';
import { signDocuments } from './signed-documents.ts';
import { opensslWord, ourWords, popplerWord, pyHankoWords, words, type OurWords, type Word } from './words.ts';

/**
 * Samples, attacks, what an earlier release and this one have signed, changes to all of them, and what was changed by updates
 * of more than a hundred kinds, judged by us and by others. Where they come to another word, the reason is in differences.ts.
 */

const folder = createFolder();
afterAll(() => folder.remove());

/** Each verdict is a process of its own: a part of them is judged with every change. */
const every = (step: number) => (at: number) => !isPart || at % step === 0;

let store: string;
let candidates: Candidate[];
const ours = new Map<string, OurWords>();
beforeAll(async () => {
  const signing = await startEmbeddedSigning();
  const asked = { sample: every(100), update: every(10) };
  candidates = [...fixedDocuments.filter((_, at) => every(20)(at)), ...(await signDocuments(signing, asked))];
  await signing.stop();
  const roots = [...fixedRoots, signing.authority.rootPem];
  folder.write('roots.pem', roots.join(''));
  store = createStore(folder, roots);
  for (const each of candidates) ours.set(each.name, await ourWords(each, roots));
});

const rank = (word: Word): number => words.indexOf(word);
const wayOf = (our: Word, their: Word) => (rank(our) < rank(their) ? 'say less' : 'say more');

/** Listed differences that were met, by their names in the list. */
const met = new Set<string>();

/** Documents of which somebody says something else than we do, and it is not listed. */
const unlisted = (judge: Judge, our: keyof OurWords, theirs: (each: Candidate, at: number) => Word): string[] =>
  candidates.flatMap((each, at) => {
    const [own, their] = [ours.get(each.name)![our], theirs(each, at)];
    if (own === their) return [];
    const listed = findListed(judge, wayOf(own, their), each.name);
    if (listed) met.add(`${judge}: ${listed}`);
    return listed ? [] : [`${each.name}: we say ${own}, ${judge} says ${their}`];
  });

test('documents have names of their own', () => {
  expect(ours.size).toBe(candidates.length);
  expect(candidates.length).toBeGreaterThan(isPart ? 40 : 1_500);
});

test('openssl agrees on each signature, but for what is listed', () => {
  expect(unlisted('openssl', 'signed', (each) => opensslWord(folder, each))).toEqual([]);
});

test('poppler agrees on each signature, but for what is listed', () => {
  expect(unlisted('poppler', 'signed', (each) => popplerWord(folder, each, store))).toEqual([]);
});

test.skipIf(!pyHanko)('pyHanko agrees on all, where PYHANKO_PATH names its source, but for what is listed', () => {
  const theirs = pyHankoWords(folder, candidates);
  expect(theirs).toHaveLength(candidates.length);
  expect(unlisted('pyHanko', 'whole', (_, at) => theirs[at]!)).toEqual([]);
});

test('what was changed after a signature, or between two, is trusted by nobody of us', () => {
  const changed = [...ours].filter(([name]) => !/: (?:signed|something behind the end|changed, \d+)$/.test(name));
  const trusted = changed.filter(([, { whole }]) => whole === 'trusted').map(([name]) => name);
  expect(trusted.filter((name) => !mayBe.has(name) && !name.startsWith('form: fill'))).toEqual([]);
});

/** As they are these are signed, and nothing is wrong with them. */
const mayBe = new Set(['updates/control.pdf']);

const isMet = ({ judges }: Difference, name: string): boolean => judges.some((judge) => met.has(`${judge}: ${name}`));

test.skipIf(isPart)('every listed difference is one', () => {
  const listed = differences.filter(({ judges }) => pyHanko ?? judges.some((judge) => judge !== 'pyHanko'));
  const stale = listed.flatMap((each) => each.documents.filter((name) => !isMet(each, name)));
  expect(stale).toEqual([]);
});
