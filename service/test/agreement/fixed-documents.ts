import { readdirSync, readFileSync } from 'node:fs';
import { sample, type Arbitrary } from 'fast-check';
import { alter, alterations } from '../fuzz/alterations.ts';
import { changeTokens, tokenChanges } from '../fuzz/odd-pdfs.ts';
import { documents } from '../verifier/samples.ts';

/** A document that we and others judge. */
export interface Candidate {
  /** Of what, and what was done to it. */
  name: string;
  document: Uint8Array;
}

const fixtures = new URL('../fixtures/', import.meta.url);

const filesIn = (folder: string): Candidate[] =>
  readdirSync(new URL(`${folder}/`, fixtures))
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => ({ name: `${folder}/${name}`, document: readFileSync(new URL(`${folder}/${name}`, fixtures)) }));

/** Roots of what the fixtures hold. */
export const fixedRoots = ['attacks', 'updates'].map((folder) =>
  readFileSync(new URL(`${folder}/root.pem`, fixtures), 'utf8'),
);

const asTheyAre: readonly Candidate[] = [
  ...documents.map(([name, document]) => ({ name, document })),
  ...['attacks', 'updates', 'cases'].flatMap(filesIn),
];

const isSigned = ({ document }: Candidate): boolean => Buffer.from(document).includes('/ByteRange');

/** The same ones in each run, whatever other files there are. */
const some = <Value>(of: Arbitrary<Value>, seed: number, many: number): Value[] => sample(of, { seed, numRuns: many });

/** With bytes and tokens changed: signed ones more often. */
const changesOf = (each: Candidate): Candidate[] => {
  const seed = Buffer.from(each.name).reduce((sum, octet) => (sum * 31 + octet) % 1_000_003, 7);
  const many = isSigned(each) ? 6 : 1;
  const whole = Buffer.from(each.document);
  const changed = [
    ...some(alterations, seed, many).map((changes) => alter(whole, changes)),
    ...some(tokenChanges, seed, many).map((changes) => changeTokens(whole, changes)),
  ];
  return changed.map((document, number) => ({ name: `${each.name}: changed, ${number + 1}`, document }));
};

/** Samples, attacks, updates and cases, what an earlier release has signed, and changes to all of them. */
export const fixedDocuments: readonly Candidate[] = [...asTheyAre, ...asTheyAre.flatMap(changesOf)];
