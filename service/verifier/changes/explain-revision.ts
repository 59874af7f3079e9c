import type { PdfObject } from '#pdf/objects/object.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import type { ExplainedChange, UnexplainedChange } from './change.ts';
import {
  containerKey,
  createEdgeCache,
  objectAt,
  reachFrom,
  type EdgeCache,
  type Reach,
  type Usage,
} from './revision/references.ts';
import { findOddReferences } from './revision/plain-references.ts';
import { createReview, edgeName, objectName, type Review } from './revision/review.ts';
import type { Step } from './revision/revisions.ts';
import { isAmbiguous } from './revision/same-object.ts';
import { compareAddedPage } from './rules/first/added-page.ts';
import { compareRemarks } from './rules/annotations.ts';
import { compareFromTrailer } from './rules/catalogue.ts';
import { createHiddenText, type HiddenText } from './rules/hidden-text.ts';
import { comparePages } from './rules/pages.ts';
import { compareStructure } from './rules/first/structure.ts';

/** What one revision did: by the rules, and else. */
export interface Explanation {
  revision: number;
  explained: ExplainedChange[];
  unexplained: UnexplainedChange[];
}

/** Arrays within arrays, each an object of its own. */
const deepest = 4;

/** By what keys an object is referred to, through arrays that are objects of their own too. */
const namedUsages = (reach: Reach, usages: readonly Usage[], depth = 0): Usage[] =>
  usages.flatMap((usage) => {
    if (usage.key !== undefined || depth === deepest) return [usage];
    const above = reach.usagesOf(new Set([usage.from])).get(usage.from) ?? [];
    return above.length ? namedUsages(reach, above, depth + 1) : [usage];
  });

/** How an object is used in the revision before that no rule has looked at, if at all. */
const unclaimedUsage = (review: Review, number: number, usages: readonly Usage[]): Usage | undefined => {
  const claim = review.claimOf(number);
  if (!claim) return usages[0];
  if (claim.anyhow) return undefined;
  // An object that uses it twice under one name may mean two things by it, of which a rule has looked at one.
  const names = usages.map(edgeName);
  const twice = usages.find((usage, at) => claim.edges.has(edgeName(usage)) && names.indexOf(edgeName(usage)) < at);
  if (twice) return twice;
  return usages
    .filter((usage) => !claim.edges.has(edgeName(usage)))
    .find((usage) => !namedUsages(review.reach, [usage]).every(({ key }) => key !== undefined && claim.keys.has(key)));
};

const detailOf = (review: Review, { from, key }: Usage, isClaimed: boolean): string => {
  if (key === containerKey) return 'a stream that holds other objects was changed';
  if (!isClaimed) return 'no rule allows it to be changed';
  return `it is also used by ${from === -1 ? 'the trailer' : objectName(review.before, from)}`;
};

const tryAt = (file: PdfFile, number: number): PdfObject | undefined | 'unread' => {
  try {
    return objectAt(file, number);
  } catch {
    return 'unread';
  }
};

const faultOf = (review: Review, number: number): string | undefined => {
  const [before, after] = [tryAt(review.before, number), tryAt(review.after, number)];
  if (after === 'unread') return 'it cannot be read';
  if (isAmbiguous(after) || (before !== 'unread' && isAmbiguous(before))) return 'it has a key twice';
  const [old, now] = [review.before, review.after].map((file) => objectName(file, number));
  return before !== undefined && after !== undefined && old !== now ? 'its generation was changed' : undefined;
};

/** What a revision names beyond its own end is something else as soon as another one follows. */
const refuseBeyond = ({ before, reach, refuse }: Review): void => {
  for (const [number, place] of before.crossReference.places) {
    const isBeyond = place !== null && 'offset' in place && place.offset >= before.bytes.length && reach.has(number);
    if (isBeyond)
      refuse({ object: number, path: reach.pathTo(number), detail: 'it lay beyond the end of its revision' });
  }
};

/** Whatever other readers make of what we cannot read: it may refer to anything, and show it. */
const refuseUnread = ({ reach, refuse }: Review): void => {
  for (const number of reach.unread())
    refuse({ object: number, path: reach.pathTo(number), detail: 'it cannot be read' });
};

const refuseOdd = (review: Review, now: Reach): void => {
  const holders = review.numbers.filter((number) => now.has(number));
  for (const { number, fault } of findOddReferences(review, holders))
    review.refuse({ object: number, path: now.pathTo(number), detail: fault });
};

/** Some readers take the stream that a cross-reference is for the object of its number. */
const refuseOwnNumber = ({ after, numbers, refuse }: Review, reaches: readonly Reach[]): void => {
  const number = after.crossReference.sections[0]!.own?.number;
  if (number === undefined || numbers.includes(number)) return;
  const reached = reaches.find((reach) => reach.has(number));
  if (reached) refuse({ object: number, path: reached.pathTo(number), detail: 'the cross-reference is in its place' });
};

/** Refuses what no rule has claimed. @returns what can be come to now */
const settle = (review: Review, cache: EdgeCache): Reach => {
  const { changed, reach, refuse } = review;
  refuseBeyond(review);
  refuseUnread(review);
  const usages = reach.usagesOf(changed);
  const isClaimed = (number: number): boolean => review.claimOf(number) !== undefined;
  const others = [...changed].filter((number) => !reach.has(number) && !isClaimed(number));
  for (const number of changed) {
    if (!reach.has(number)) continue;
    const usage = unclaimedUsage(review, number, usages.get(number) ?? []);
    const path = reach.pathTo(number);
    if (usage) refuse({ object: number, path, detail: detailOf(review, usage, isClaimed(number)) });
  }
  cache.forget(review.numbers);
  const now = reachFrom(review.after, cache);
  const uses = now.usagesOf(new Set(others));
  // What nothing refers to is nothing to anybody, in this revision; the next one is asked anew. A new stream that holds
  // other objects is what they are.
  for (const number of others)
    if (uses.get(number)?.some(({ key }) => key !== containerKey))
      refuse({ object: number, path: now.pathTo(number), detail: 'no rule allows it to be added' });
  for (const number of changed) {
    const fault = reach.has(number) || now.has(number) ? faultOf(review, number) : undefined;
    if (fault) refuse({ object: number, path: now.pathTo(number) || reach.pathTo(number), detail: fault });
  }
  refuseOdd(review, now);
  refuseOwnNumber(review, [reach, now]);
  return now;
};

/** What an update may do besides what any may. */
export interface Allowance {
  /** What the service does where nobody has signed yet: an empty page at the end, the structure of a tagged document, places. */
  first: boolean;
}

const applyRules = (review: Review, { first }: Allowance, hidden: HiddenText): void => {
  const form = compareFromTrailer(review, first);
  if (first) compareAddedPage(review, form);
  if (first) compareStructure(review, form);
  comparePages(review, form, { tabs: first, hidden });
  compareRemarks(review);
};

/** Explains the updates of one file, one after the other. */
export const createExplainer = () => {
  const cache = createEdgeCache();
  const hidden = createHiddenText();
  let reach: Reach | undefined;
  /** Says of each object that a revision adds, changes or frees which rule explains it. Nothing else is allowed. */
  return (step: Step, allowance: Allowance): Explanation => {
    const review = createReview(step, reach ?? reachFrom(step.before, cache));
    try {
      applyRules(review, allowance, hidden);
    } catch {
      review.refuse({ path: '', detail: 'it cannot be read to the letter' });
    }
    reach = settle(review, cache);
    if (step.fault) review.refuse({ path: '', detail: step.fault });
    return { revision: step.revision, explained: review.explained, unexplained: review.unexplained };
  };
};
