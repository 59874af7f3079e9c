import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const pages = globSync('{start,guides}/*.md', { cwd: docs }).sort();

const codeBlocks = /^```.*?^```$/gms;

/** Comments may be translated, and so may the space before them be another; what runs may not. */
const samplesOf = (text: string): string[] =>
  Array.from(text.matchAll(codeBlocks), ([block]) => block.replaceAll(/(?:^|\s+)(?:\/\/|#) .*$/gm, ''));
const levelsOf = (text: string): string[] =>
  Array.from(text.replaceAll(codeBlocks, '').matchAll(/^(#+) /gm), ([, level]) => level!);
const shapeOf = (text: string) => ({ headings: levelsOf(text), samples: samplesOf(text) });

test.each(pages)('%s is there in Spanish, with the same headings and the same samples', (page) => {
  const translated = join(docs, 'es', page);
  expect(existsSync(translated)).toBe(true);
  expect(shapeOf(readFileSync(translated, 'utf8'))).toEqual(shapeOf(readFileSync(join(docs, page), 'utf8')));
});

test('no page is there in Spanish alone', () => {
  expect(globSync('{start,guides}/*.md', { cwd: join(docs, 'es') }).sort()).toEqual(pages);
});

test('another sample is found, and so is a heading that is missing; another comment is not', () => {
  const text = '# One\n## Two\n```js\nsign("https://a.example"); // now\n```\n';
  const shape = shapeOf(text);
  expect(shapeOf(text.replace('now', 'ahora'))).toEqual(shape);
  expect(shapeOf(text.replace('a.example', 'b.example'))).not.toEqual(shape);
  expect(shapeOf(text.replace('## Two\n', ''))).not.toEqual(shape);
});
