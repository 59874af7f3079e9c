import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fileOf, moduleOf, sources } from '../scripts/faces.ts';
import type { Face } from '../src/autograph/faces.ts';

it.each(Object.keys(sources) as Face[])(
  'the hand %s is what its font makes of it: node scripts/faces.ts',
  async (face) => {
    expect(readFileSync(fileOf(face), 'utf8') === (await moduleOf(face))).toBe(true);
  },
);
