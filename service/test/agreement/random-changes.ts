import { nat, sample } from 'fast-check';
import { fill, names, numbers, patterns, references } from '../fuzz/odd-pdfs.ts';
import { signaturesIn, type Candidate, type Word } from './words.ts';

/** Where a signed document is changed, seen from the signature that covers least: the others cover all that it does. */
export type Region = 'covered' | 'value' | 'padding' | 'behind';

/** What we may say at most, whatever the change is. What is behind a signature may be what it allows, or white space. */
export const mostOf: Readonly<Record<Region, Word>> = {
  covered: 'nothing',
  value: 'intact',
  padding: 'nothing',
  behind: 'trusted',
};

interface Span {
  start: number;
  end: number;
}

/** A change within a part of a document, and nothing else; undefined where the part has nothing of the kind. */
type Change = (document: Buffer, span: Span, random: number) => Buffer | undefined;

const splice = (document: Buffer, { start, end }: Span, put: Uint8Array): Buffer =>
  Buffer.concat([document.subarray(0, start), put, document.subarray(end)]);

const placeIn = ({ start, end }: Span, random: number): number => start + (random % Math.max(1, end - start));

const most = 40;

const someIn = (span: Span, random: number): Span => {
  const start = placeIn(span, random);
  return { start, end: Math.min(span.end, start + 1 + (random % most)) };
};

const token =
  (kind: 'name' | 'number' | 'reference', others: readonly string[]): Change =>
  (document, span, random) => {
    const found = [...document.toString('latin1', span.start, span.end).matchAll(patterns[kind])];
    const [text, at] = [found[random % found.length]?.[0], found[random % found.length]?.index ?? 0];
    const to = others.filter((other) => other !== text)[random % (others.length - 1)]!;
    const start = span.start + at;
    return text === undefined
      ? undefined
      : splice(document, { start, end: start + text.length }, Buffer.from(fill(to, text), 'latin1'));
  };

const more: Change = (document, span, random) => {
  const start = placeIn(span, random);
  return splice(document, { start, end: start }, Buffer.alloc(1 + (random % most), `${random} 0 R `));
};

const digit: Change = (document, span, random) => {
  const start = placeIn(span, random);
  const now = document.at(start) === 0x33 ? '4' : '3';
  return splice(document, { start, end: start + 1 }, Buffer.from(now));
};

const flip: Change = (document, span, random) => {
  const start = placeIn(span, random);
  return splice(document, { start, end: start + 1 }, Buffer.of(document[start]! ^ (1 << (random % 8))));
};

const anywhere: Readonly<Record<string, Change>> = {
  'a bit flipped': flip,
  'bytes replaced': (document, span, random) => {
    const some = someIn(span, random);
    return splice(document, some, Buffer.alloc(some.end - some.start, `${random}`));
  },
  'bytes added': more,
  'bytes removed': (document, span, random) => splice(document, someIn(span, random), Buffer.alloc(0)),
  'bytes twice': (document, span, random) => {
    const { start, end } = someIn(span, random);
    return splice(document, { start, end: start }, document.subarray(start, end));
  },
  'cut short': (document, span, random) => document.subarray(0, placeIn(span, random)),
  'another number': token('number', numbers),
  'another name': token('name', names),
  'another reference': token('reference', references),
};

const changesIn: Readonly<Record<Region, Readonly<Record<string, Change>>>> = {
  covered: anywhere,
  value: { 'another digit': digit, 'a bit flipped': flip },
  padding: { 'another digit': digit, 'a bit flipped': flip },
  behind: anywhere,
};

/** How many in a region of one document: most is read, and may be read in several ways, where nothing covers it. */
const manyIn: Readonly<Record<Region, number>> = { covered: 1, value: 1, padding: 1, behind: 2 };

const regionsOf = (document: Buffer): Partial<Record<Region, Span>> => {
  const [least] = signaturesIn(document).toSorted((one, other) => one.end - other.end);
  if (!least) return {};
  const { gap, end, cms } = least;
  const behindCms = Math.min(gap.end - 1, gap.start + 1 + 2 * cms.length);
  return {
    covered: { start: 0, end: gap.start },
    value: { start: gap.start + 1, end: behindCms },
    padding: { start: behindCms, end: gap.end - 1 },
    behind: { start: end, end: document.length },
  };
};

const inRegion = (document: Buffer, region: Region, span: Span, randoms: readonly number[]): [string, Buffer][] => {
  const all = Object.entries(changesIn[region]);
  return randoms.slice(0, manyIn[region]).flatMap((random, at) => {
    const [name, change] = all[(random + at) % all.length]!;
    const changed = span.end > span.start ? change(document, span, random) : undefined;
    return changed && !changed.equals(document) ? [[`${region}, ${name}`, changed]] : [];
  });
};

/** A signed document, changed here and there: the same ones in each run, whatever other files there are. */
export const changeAtRandom = ({ name, document }: Candidate): Candidate[] => {
  const seed = Buffer.from(name).reduce((sum, octet) => (sum * 31 + octet) % 1_000_003, 7);
  const randoms = sample(nat({ max: 10_000_000 }), { seed, numRuns: 8 });
  const whole = Buffer.from(document);
  const changed = Object.entries(regionsOf(whole)).flatMap(([region, span], at) =>
    inRegion(whole, region as Region, span, [...randoms.slice(at), ...randoms]),
  );
  return changed.map(([what, each], number) => ({ name: `${name}: ${what}, ${number + 1}`, document: each }));
};

/** Where a document was changed at random, if it was. */
export const regionOf = (name: string): Region | undefined =>
  /: (covered|value|padding|behind), /.exec(name)?.[1] as Region | undefined;

/** The name of the document before that. */
export const originalOf = (name: string): string => name.replace(/: (?:covered|value|padding|behind), .*$/, '');
