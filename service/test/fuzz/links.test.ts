import { constantFrom, nat, oneof, record, string, type Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import { FileName } from '@tu-esign/contract';
import { createLinks, type LinkTarget } from '#signing/links.ts';
import { alter, alterations, type Alteration } from './alterations.ts';
import { fuzz } from './fuzz.ts';
import { outcomeOf } from './outcome.ts';

const now = 1_795_000_000_000;
const links = createLinks({
  keys: [{ bytes: Buffer.alloc(32, 7), from: 0 }],
  publicUrl: 'https://sign.example',
  lifetimeSeconds: 900,
  holder: 'signatory',
  now: () => now,
});

interface Case {
  file: LinkTarget['file'];
  query: Alteration[];
  id: string;
  expires: string | undefined;
}

const odd = oneof(
  string({ unit: 'binary', maxLength: 40 }),
  nat({ max: 4_000_000_000 }).map(String),
  constantFrom(
    '',
    '-1',
    '0',
    '1e99',
    'Infinity',
    'NaN',
    '0x7fffffff',
    ' 1795000900',
    '1795000900.0',
    '１７９５０００９００',
  ),
);
const cases: Arbitrary<Case> = record({
  file: constantFrom(...FileName.options),
  query: alterations,
  id: oneof(constantFrom('a-signing'), string({ unit: 'binary', maxLength: 20 })),
  expires: oneof(constantFrom(undefined), odd),
});

fuzz('links: altered queries', cases, ({ file, query, id, expires }) => {
  const signed = { signingId: 'a-signing', file } as const;
  const { href } = links.create(signed);
  const address = new URL(href);
  const good = address.search.slice(1);
  const text = alter(Buffer.from(good), query).toString();
  const asked = new URLSearchParams(text);
  if (expires !== undefined) asked.set('expires', expires);
  const says = ['to', 'expires', 'signature'].map((name) => asked.get(name));
  const same = id === 'a-signing' && says.join('\n') === [...address.searchParams.values()].join('\n');
  expect(outcomeOf(() => links.verify({ signingId: id, file }, asked))).toBe(same ? 'good' : 'link-invalid');
});
