import { readdirSync, readFileSync } from 'node:fs';
import { documents } from '../verifier/samples.ts';
import { changeAtRandom } from './random-changes.ts';
import type { Group } from './signed-documents.ts';
import type { Candidate } from './words.ts';

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

/** Samples, attacks, updates and cases, what an earlier release has signed, and changes to what is signed of them. */
export const fixedGroups: readonly Group[] = asTheyAre.map((each) => ({
  name: each.name,
  make: async () => [each, ...changeAtRandom(each)],
}));
