import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';

/** Pages that lie outside of docs/, and other files that pages lead to. */
const beside: Record<string, string> = {
  'README.md': 'about.md',
  'SECURITY.md': 'understand/security.md',
  'CHANGELOG.md': 'changes.md',
  'service/contract/openapi.json': 'public/openapi.json',
  'demo-host/screenshot.png': 'screenshot.png',
  'demo-host/page/favicon.svg': 'public/favicon.svg',
  'docs/site/api/index.html': 'public/api/index.html',
  'docs/site/api/api.js': 'public/api/api.js',
  'docs/site/api/api.css': 'public/api/api.css',
};

/** Where a file of docs/ is in the site: a folder's first page is README.md on GitHub, and index.md there. */
const placeOf = (path: string): string => {
  const inside = path.slice('docs/'.length);
  return extname(path) === '.json' ? `public/${inside}` : inside.replace(/README\.md$/, 'index.md');
};

/** Writes what the site is built from: the pages, with links as they are in the site, and a menu for each language. */
export const writePages = async (root: string, target: string): Promise<void> => {
  await rm(target, { recursive: true, force: true });
  const places = new Map([...(await placesInDocs(root)), ...Object.entries(beside)]);
  for (const [path, place] of places) {
    const file = join(target, 'pages', place);
    await mkdir(dirname(file), { recursive: true });
    if (extname(path) === '.md') await writeFile(file, relink(await readFile(join(root, path), 'utf8'), path, places));
    else await copyFile(join(root, path), file);
  }
  const menu = async (folder: string) =>
    menuOf(await readFile(join(target, 'pages', folder, 'index.md'), 'utf8'), folder);
  await writeFile(join(target, 'sidebars.json'), JSON.stringify({ root: await menu(''), es: await menu('/es') }));
};

const placesInDocs = async (root: string): Promise<[string, string][]> => {
  const entries = await readdir(join(root, 'docs'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('docs/site/'))
    .map((path) => [path, placeOf(path)]);
};

const relink = (text: string, page: string, places: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\]\(([^)\s#]+)(#[^)\s]*)?\)/g, (whole, path: string, anchor = '') => {
    if (/^[a-z]+:/.test(path)) return whole;
    const place = places.get(join(dirname(page), path).replaceAll('\\', '/'));
    if (!place) return whole;
    if (place.startsWith('public/')) return toFile(place.slice('public'.length));
    const link = relative(dirname(places.get(page)!), place).replaceAll('\\', '/');
    return `](${link.startsWith('.') ? link : `./${link}`}${anchor})`;
  });

/** A file beside the pages: a page that is none of the site's is loaded by the browser. */
const toFile = (place: string): string => `](${place})${place.endsWith('.html') ? '{target="_self"}' : ''}`;

interface Group {
  text: string;
  collapsed?: boolean;
  items: { text: string; link: string; target?: string }[];
}

/** The menu is what a language's first page lists. */
const menuOf = (start: string, folder: string): Group[] =>
  start
    .split(/^## /m)
    .slice(1)
    .map((part) => ({
      text: part.slice(0, part.indexOf('\n')),
      items: Array.from(part.matchAll(/^- \[(.+?)\]\((.+?)\)/gm), ([, text, link]) => ({
        text: text!,
        link: link!.replace(/^\./, folder).replace(/(?:index)?\.md(?=$|#)/, ''),
        ...(link!.endsWith('.html') && { target: '_self' }),
      })),
    }));
