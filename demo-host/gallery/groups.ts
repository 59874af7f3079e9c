import { states, type State } from './states.ts';

export interface Group {
  title: string;
  states: State[];
}

const before = new Set(['waiting', 'loading', 'opening', 'checking']);
const beingSigned = new Set(['sending', 'accepted', 'signing', 'review']);

const titleOf = ({ name }: State): string => {
  if (before.has(name)) return 'Before the document is there';
  if (beingSigned.has(name)) return 'Being signed';
  if (name.startsWith('done')) return 'Signed';
  if (/^problem-|^declined$|^withdrawn$|^offline$/.test(name)) return 'Ended otherwise, or held up';
  return 'Read and sign';
};

const titles = [
  'Read and sign',
  'Being signed',
  'Signed',
  'Ended otherwise, or held up',
  'Before the document is there',
];

/** Who opens the gallery sees a document first that is about to be signed, and empty frames last. */
export const groups: readonly Group[] = titles.map((title) => ({
  title,
  states: states
    .filter((state) => titleOf(state) === title)
    .sort((one, other) => Number(other.name === 'ready') - Number(one.name === 'ready')),
}));
