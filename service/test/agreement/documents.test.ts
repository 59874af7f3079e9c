import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pyHanko } from '../pki/judges.ts';
import { createFolder } from '../tools.ts';
import { differences, findListed, type Difference, type Judge } from './differences.ts';
import { fixedGroups } from './fixed-documents.ts';
import { judgeGroups, type Judged } from './judge-groups.ts';
import { mostOf, regionOf } from './random-changes.ts';
import { signedGroups } from './signed-documents.ts';
import { isEverything, seed, sliceOf } from './slice.ts';
import { words, type OurWords, type Word } from './words.ts';

/**
 * Samples, attacks, what an earlier release and this one have signed, changes to all of them, and what was changed by updates
 * of more than a hundred kinds, judged by us and by others. Where they come to another word, the reason is in differences.ts.
 */

const folder = createFolder();
afterAll(() => folder.remove());

const hours = 3_600_000;

const groups = sliceOf([...fixedGroups, ...signedGroups]);
let judged: Judged[];
beforeAll(async () => {
  judged = await judgeGroups(folder, groups);
}, 8 * hours);

const rank = (word: Word): number => words.indexOf(word);
const wayOf = (our: Word, their: Word) => (rank(our) < rank(their) ? 'say less' : 'say more');

/** Listed differences that were met, by their names in the list. */
const met = new Set<string>();

/** Documents of which somebody says something else than we do, and it is not listed. */
const unlisted = (judge: Judge, our: keyof OurWords): string[] =>
  judged.flatMap(({ name, ours, theirs }) => {
    const [own, their] = [ours[our], theirs[judge]!];
    if (own === their) return [];
    const listed = findListed(judge, wayOf(own, their), name);
    if (listed) met.add(`${judge}: ${listed}`);
    return listed ? [] : [`${name}: we say ${own}, ${judge} says ${their}`];
  });

/** As they are these are signed, and nothing is wrong with them. */
const mayBe = new Set(['updates/control.pdf']);

const isMet = ({ judges }: Difference, name: string): boolean => judges.some((judge) => met.has(`${judge}: ${name}`));

const trustedNames = (): string[] => judged.filter(({ ours }) => ours.whole === 'trusted').map(({ name }) => name);

describe(`of ${groups.length} groups, by the seed ${seed}`, () => {
  test('documents have names of their own', () => {
    expect(new Set(judged.map(({ name }) => name)).size).toBe(judged.length);
    expect(judged.length).toBeGreaterThan(isEverything ? 1500 : 0);
  });

  test('openssl agrees on each signature, but for what is listed', () => {
    expect(unlisted('openssl', 'signed')).toEqual([]);
  });

  test('poppler agrees on each signature, but for what is listed', () => {
    expect(unlisted('poppler', 'signed')).toEqual([]);
  });

  test.skipIf(!pyHanko)('pyHanko agrees on all, where PYHANKO_PATH names its source, but for what is listed', () => {
    expect(judged.filter(({ theirs }) => !theirs.pyHanko)).toEqual([]);
    expect(unlisted('pyHanko', 'whole')).toEqual([]);
  });

  test('what was changed after a signature, or between two, is trusted by nobody of us', () => {
    const changed = trustedNames().filter(
      (name) => !/: (?:signed|something behind the end)$/.test(name) && !regionOf(name),
    );
    expect(changed.filter((name) => !mayBe.has(name) && !/^form: (?:fill|check$)/.test(name))).toEqual([]);
  });

  test('of what is changed at random we say what may be said of such a place at most', () => {
    const more = judged.filter(({ name, ours }) => {
      const region = regionOf(name);
      return region && rank(ours.whole) > rank(mostOf[region]);
    });
    expect(more.map(({ name }) => name)).toEqual([]);
  });

  test('what was changed and is trusted nevertheless shows the pages that were signed first', () => {
    expect(judged.filter(({ looksAsBefore }) => looksAsBefore === false).map(({ name }) => name)).toEqual([]);
  });

  test.runIf(isEverything)('every listed difference is one', () => {
    const listed = differences.filter(({ judges }) => pyHanko ?? judges.some((judge) => judge !== 'pyHanko'));
    const stale = listed.flatMap((each) => each.documents.filter((name) => !isMet(each, name)));
    expect(stale).toEqual([]);
  });
});
