import { expect, it } from 'vitest';
import { en } from '../src/words/messages-en.ts';
import { esMX } from '../src/words/messages-es-mx.ts';

/** The same in both languages, and rightly so. */
const common = new Set(['RFC']);
const english = /\b(?:the|your|you|sign|signed|document|page|please|of|and|to sign|drawing|again)\b/i;

/** Every text by its path; those made of something are made of the same numbers and names. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) => {
    const at = `${path}.${name}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value !== 'function') return textsOf(value as object, at);
    // Lists are lists of letters; all else takes numbers and names.
    try {
      return [[at, String(value(3, 7))]];
    } catch {
      return [[at, String(value(['x', 'y'], ['x', 'y']))]];
    }
  });
}

it('pain 15: no text of es-MX is left in English, or has an English word in it', () => {
  const inEnglish = new Map(textsOf(en));
  const texts = textsOf(esMX);
  expect(texts.length).toBeGreaterThan(100);
  const untranslated = texts.filter(
    ([path, text]) => text === inEnglish.get(path) && !common.has(text) && path !== '.direction',
  );
  expect(untranslated).toEqual([]);
  expect(texts.filter(([, text]) => english.test(text))).toEqual([]);
});
