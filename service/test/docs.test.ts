import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = globSync(['*.md', 'docs/**/*.md', '{service,widget}/README.md'], {
  cwd: root,
  exclude: ['docs/site/**'],
}).sort();
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Code is no prose: what looks like a link or a heading in it is none. */
const proseOf = (text: string): string =>
  text
    .replaceAll(/^ *(`{3,}).*?^ *\1$/gms, '')
    .replaceAll(/(`+)[^`].*?\1/gs, (code) => code.replaceAll(/[[\]()]/g, ''));

const linksOf = (text: string): string[] =>
  Array.from(proseOf(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!).filter(
    (target) => !/^[a-z]+:/.test(target),
  );

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (text: string): string[] =>
  Array.from(text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm), ([, heading]) => anchorOf(heading!));

const leadsNowhere = (page: string, text: string) => (link: string) => {
  const [path, anchor] = link.split('#');
  const target = join(root, dirname(page), path!);
  if (path && !existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(path ? readFileSync(target, 'utf8') : text).includes(anchor);
};
const deadLinks = (page: string, text: string): string[] => linksOf(text).filter(leadsNowhere(page, text));

test.each(pages)('no link is dead in %s', (page) => {
  expect(deadLinks(page, read(page))).toEqual([]);
});

test('a page or a heading that is not there is found, and code is not taken for a link', () => {
  const text =
    '# Here\n[a](docs/none.md) [b](#here) [c](#there) [d](README.md#none) `[e](none)`\n```\n[f](none)\n```\n';
  expect(deadLinks('planted.md', text)).toEqual(['docs/none.md', '#there', 'README.md#none']);
});

test('each page of docs is found by who starts at docs/README.md', () => {
  const reached = new Set(['docs/README.md']);
  for (const page of reached)
    for (const link of linksOf(read(page))) {
      const path = relative(root, join(root, dirname(page), link.split('#')[0]!));
      if (pages.includes(path)) reached.add(path);
    }
  expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

test('the README is read in a few minutes: it has 150 lines at most', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
});
