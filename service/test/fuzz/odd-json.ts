import {
  array,
  constantFrom,
  double,
  jsonValue,
  nat,
  oneof,
  option,
  record,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { alter, alterations } from './alterations.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

// values at and beyond the edge of what is expected
const edges = constantFrom(
  ...'null|true|-0|-1|0.5|1e308|1e400|-1e400|9007199254740993|4294967296|1795000000'.split('|'),
  '""',
  '" "',
  '[]',
  '{}',
  '[null]',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e"',
  '"ﷺ"',
  '"one\\u0000two three"',
  '"half \\ud83d of a pair"',
  '"-0"',
  '"NaN"',
  'NaN',
  ...'{"__proto__":{"scope":"signing"}}|{"constructor":{"prototype":{}}}|{"toString":1}|{"then":1}'.split('|'),
  ...'"signing"|"documents:write"|"https://bank.example/"|"javascript:alert(1)"|"http://"|"es-MX"'.split('|'),
  nested(50),
  nested(2_000),
  `"${'a'.repeat(3_000)}"`,
  `[${'0,'.repeat(500)}0]`,
);

/** JSON texts of any value; some are not quite JSON. */
const oddText: Arbitrary<string> = oneof(
  { weight: 5, arbitrary: edges },
  { weight: 2, arbitrary: string({ unit: 'binary', maxLength: 80 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: double().map(String) },
  { weight: 2, arbitrary: jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
);

// some are names that every object has
const oddName: Arbitrary<string> = oneof(
  constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', '0', 'then', 'toJSON'),
  string({ maxLength: 10 }),
);

/** The n-th member of a value, counted through all depths, is left out, or becomes this text, or gets one beside it. */
export interface Replacement {
  at: number;
  text: string | undefined;
  beside: string | undefined;
}

/** One to three replacements. */
export const replacements: Arbitrary<Replacement[]> = array(
  record({
    at: nat({ max: 10_000 }),
    text: oneof({ weight: 6, arbitrary: oddText }, { weight: 1, arbitrary: constantFrom(undefined) }),
    beside: oneof({ weight: 3, arbitrary: constantFrom(undefined) }, { weight: 1, arbitrary: oddName }),
  }),
  { minLength: 1, maxLength: 3 },
);

type Members = Record<string, unknown>;

/** Every member of a value and of the values in it. */
const membersOf = (value: unknown): [Members, string][] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.keys(value).map((name): [Members, string] => [value as Members, name]);
  return own.concat(Object.values(value).flatMap(membersOf));
};

/** The JSON of a value with its replacements, which are put in as they are. */
export const replace = (value: object, changes: Replacement[]): string => {
  const copy = structuredClone(value);
  const texts = new Map<string, string>();
  for (const [index, { at, text, beside }] of changes.entries()) {
    const members = membersOf(copy);
    const [parent, name] = members[at % members.length] ?? [copy as Members, 'first'];
    if (beside !== undefined) {
      texts.set(`"beside ${index}"`, JSON.stringify(beside));
      parent[`beside ${index}`] = `text ${index}`;
    } else if (text === undefined) delete parent[name];
    else parent[name] = `text ${index}`;
    texts.set(`"text ${index}"`, text ?? 'null');
  }
  return JSON.stringify(copy).replaceAll(/"(?:beside|text) \d"/g, (mark) => texts.get(mark) ?? mark);
};

/** JSON of a value with members replaced and, in one of four cases, bytes altered. */
export const changedJson = (value: object): Arbitrary<string> =>
  tuple(replacements, option(alterations, { freq: 3, nil: [] })).map(([members, bytes]) =>
    alter(Buffer.from(replace(value, members)), bytes).toString(),
  );
