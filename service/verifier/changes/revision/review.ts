import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import type { ExplainedChange, UnexplainedChange } from '#changes/change.ts';
import { objectAt, trailerNumber, type Reach, type Usage } from './references.ts';
import { isAmbiguous, keysOf, partsOf, sameObject, sameUnder } from './same-object.ts';
import type { Step } from './revisions.ts';

/** How an object that is changed may be referred to in the revision before. */
interface Claim {
  /** From these objects, by these keys. */
  edges: Set<string>;
  /** By these keys, wherever from: what is changed of it is nothing to others who refer to it. */
  keys: Set<string>;
  anyhow: boolean;
}

/** The same place in two revisions. */
export interface Pair {
  path: string;
  /** The object in which it stands in the revision before; undefined where there is none. */
  holder: number | undefined;
  key: string;
  old: PdfObject | undefined;
  new: PdfObject | undefined;
}

/** What a pair refers to. */
export interface Values {
  path: string;
  holder: number | undefined;
  old: PdfObject | undefined;
  new: PdfObject | undefined;
}

/** Two dictionaries at the same place; there may be none. */
export interface Dicts {
  path: string;
  holder: number | undefined;
  old: PdfDict | undefined;
  new: PdfDict | undefined;
}

/** One update, as its rules look at it. */
export interface Review extends Step {
  /** Numbers of objects that are not what they were. */
  changed: ReadonlySet<number>;
  reach: Reach;
  explained: ExplainedChange[];
  unexplained: UnexplainedChange[];
  /** Claims an object for a rule: it has looked at what is changed of it. */
  claim: (number: number, how: { edge?: Usage; keys?: Iterable<string>; anyhow?: boolean }) => void;
  claimOf: (number: number) => Claim | undefined;
  explain: (change: ExplainedChange) => void;
  refuse: (change: { object?: number | undefined; path: string; detail: string; field?: string }) => undefined;
}

export const edgeName = ({ from, key }: Usage): string => `${from}/${key ?? ''}`;

export const objectName = (file: PdfFile, number: number): string => {
  if (number === trailerNumber) return 'trailer';
  const place = file.crossReference.places.get(number);
  return `${number} ${place && 'offset' in place ? place.generation : 0}`;
};

const tryObject = (file: PdfFile, number: number): PdfObject | undefined | 'unread' => {
  try {
    return objectAt(file, number);
  } catch {
    return 'unread';
  }
};

const generationOf = ({ crossReference }: PdfFile, number: number): number | undefined => {
  const place = crossReference.places.get(number);
  return place ? ('offset' in place ? place.generation : 0) : undefined;
};

const isChanged = ({ before, after }: Step, number: number): boolean => {
  const [one, other] = [tryObject(before, number), tryObject(after, number)];
  if (one === 'unread' || other === 'unread' || isAmbiguous(one) || isAmbiguous(other)) return true;
  if (one && other && generationOf(before, number) !== generationOf(after, number)) return true;
  return !sameObject(one, other);
};

const emptyClaim = (): Claim => ({ edges: new Set(), keys: new Set(), anyhow: false });

export const createReview = (step: Step, reach: Reach): Review => {
  const claims = new Map<number, Claim>();
  const unexplained: UnexplainedChange[] = [];
  const explained: ExplainedChange[] = [];
  return {
    ...step,
    changed: new Set(step.numbers.filter((number) => isChanged(step, number))),
    reach,
    explained,
    unexplained,
    claim: (number, { edge, keys = [], anyhow = false }) => {
      const claim = claims.get(number) ?? claims.set(number, emptyClaim()).get(number)!;
      if (edge) claim.edges.add(edgeName(edge));
      for (const key of keys) claim.keys.add(key);
      claim.anyhow ||= anyhow;
    },
    claimOf: (number) => claims.get(number),
    explain: (change) => void explained.push(change),
    refuse: ({ object, ...change }) => {
      unexplained.push({
        object: object === undefined ? 'trailer' : objectName(step.after, object),
        ...change,
      });
      return undefined;
    },
  };
};

/** The entry of two dictionaries. */
export const entryOf = ({ path, holder, old, new: now }: Dicts, key: string): Pair => ({
  path: path ? `${path}/${key}` : key,
  holder,
  key,
  old: old?.get(key),
  new: now?.get(key),
});

/** Follows references of both; an object that is changed is claimed as it is referred to here. */
export const valuesOf = ({ after, before, changed, reach, claim }: Review, pair: Pair): Values => {
  const { path, holder, key } = pair;
  if (pair.new instanceof PdfRef) {
    const { number } = pair.new;
    const isSame = pair.old instanceof PdfRef && pair.old.number === number;
    if (changed.has(number) && isSame) claim(number, { edge: { from: holder!, key } });
    else if (!reach.has(number)) claim(number, {});
  }
  return {
    path,
    holder: pair.old instanceof PdfRef ? pair.old.number : holder,
    old: before.objects.lookup(pair.old),
    new: after.objects.lookup(pair.new),
  };
};

/** The object that an entry of the revision after stands in, for naming it. */
export const targetOf = (pair: Pair): number | undefined =>
  pair.new instanceof PdfRef ? pair.new.number : pair.old instanceof PdfRef ? pair.old.number : pair.holder;

/** The same, where both are dictionaries or missing; undefined, and refused, where one is something else. */
export const dictsOf = (review: Review, pair: Pair): Dicts | undefined => {
  const { old, new: now, ...place } = valuesOf(review, pair);
  const fits = [old, now].every((value) => value === undefined || value instanceof PdfDict);
  if (!fits) return review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no dictionary' });
  return { ...place, old: old as PdfDict | undefined, new: now as PdfDict | undefined };
};

/** Whether an entry is not what it was, be it that it refers to something that was changed. */
export const differs = ({ changed }: Review, pair: Pair): boolean =>
  !sameUnder(pair.key, pair.old, pair.new) || (pair.new instanceof PdfRef && changed.has(pair.new.number));

export type Rule = (pair: Pair) => void;

const verbOf = ({ old, new: now }: Pair): string => (old ? (now ? 'changed' : 'removed') : 'added');

/** Each entry by its rule; those without one must be what they were. */
export const compareEntries = (review: Review, dicts: Dicts, rules: Readonly<Record<string, Rule>>): void => {
  for (const key of keysOf(dicts.old, dicts.new)) {
    const pair = entryOf(dicts, key);
    if (Object.hasOwn(rules, key)) rules[key]!(pair);
    else if (!sameUnder(key, pair.old, pair.new))
      review.refuse({ object: dicts.holder, path: pair.path, detail: `/${key} was ${verbOf(pair)}` });
  }
};

/** Refers to something outside the file, acts, or is shown to some and not to others. */
const forbiddenKeys = new Set(['AA', 'JS', 'Ref', 'OPI', 'OC', 'Alternates', 'FFilter', 'FDecodeParms', 'PS']);

const badEntry = (object: PdfObject): string | undefined => {
  const dict = object instanceof PdfStream ? object.dict : object instanceof PdfDict ? object : undefined;
  if (!dict) return undefined;
  if (object instanceof PdfStream && dict.has('F')) return 'F';
  return dict.entries().find(([key]) => forbiddenKeys.has(key))?.[0];
};

/**
 * Claims all new objects that are referred to from here on. What was reached before is left alone: to be changed it needs
 * a rule of its own.
 */
export const absorb = (review: Review, value: PdfObject | undefined, path: string, standsIn?: number): void => {
  const { reach, claim, claimOf, after } = review;
  const queue: [PdfObject, number | undefined][] = value ? [[value, standsIn]] : [];
  for (let at = 0; at < queue.length; at += 1) {
    const [object, holder] = queue[at]!;
    if (object instanceof PdfRef) {
      const { number } = object;
      if (reach.has(number) || claimOf(number)) continue;
      claim(number, {});
      const target = after.objects.lookup(object);
      if (target) queue.push([target, number]);
      continue;
    }
    const bad = badEntry(object);
    if (bad) review.refuse({ object: holder, path, detail: `/${bad} is not allowed here` });
    for (const part of partsOf(object)) queue.push([part, holder]);
  }
};
