import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fileOf, moduleOf, sources } from '../scripts/faces.ts';
import { loadFace, type Face } from '../src/autograph/faces.ts';

const numbersOf = { M: 2, L: 2, Q: 4, C: 6, Z: 0 };

it.each(Object.keys(sources) as Face[])('every letter of %s has all numbers its outline needs', async (face) => {
  for (const [letter, [, path]] of Object.entries(await loadFace(face)))
    for (const [, command, rest] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/g))
      expect(rest!.match(/-?\d+/g)?.length ?? 0, letter).toBe(numbersOf[command as keyof typeof numbersOf]);
});

it.each(Object.keys(sources) as Face[])(
  'the hand %s is what its font makes of it: node scripts/faces.ts',
  async (face) => {
    expect(readFileSync(fileOf(face), 'utf8') === (await moduleOf(face))).toBe(true);
  },
);
