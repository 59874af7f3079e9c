import { expect, test } from 'vitest';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { withTable } from '../hostile-pdfs.ts';

/** What every reader takes for the same pages, and what each takes for others. */

type Objects = Parameters<typeof withTable>[0];

const read = (objects: Objects): Page[] => readPages(openPdf(withTable(objects), nodePorts));

const node = (number: number, entries: string): Objects[number] => [number, `<< /Type /Pages ${entries} >>`];
const page = (number: number, entries = '/Parent 2 0 R'): Objects[number] => [number, `<< /Type /Page ${entries} >>`];

test('pages are read in the order of the tree, deep as it is', () => {
  const pages = read([
    node(2, '/Kids [7 0 R 4 0 R 3 0 R] /Count 4'),
    page(3),
    page(7),
    node(4, '/Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2'),
    page(5, '/Parent 4 0 R'),
    page(6, '/Parent 4 0 R'),
  ]);
  expect(pages.map(({ ref }) => ref.number)).toEqual([7, 5, 6, 3]);
});

const told = ({ mediaBox, cropBox, rotate, resources }: Page) => [mediaBox, cropBox, rotate, resources!.has('A')];

test('a page has what stands above it, unless it says something else', () => {
  const above = '/MediaBox [0 0 10 20] /CropBox [1 1 9 19] /Rotate 90 /Resources << /A 1 >>';
  const [own, inherited, broken] = read([
    node(2, `/Kids [3 0 R 4 0 R 5 0 R] /Count 3 ${above}`),
    page(3, '/Parent 2 0 R /MediaBox [0 0 5 5] /CropBox [0 0 1 1] /Rotate 0 /Resources << /B 1 >>'),
    page(4),
    page(5, '/Parent 2 0 R /MediaBox [0 0 5] /Rotate /None'),
  ]);
  expect(told(own!)).toEqual([[0, 0, 5, 5], [0, 0, 1, 1], 0, false]);
  expect(told(inherited!)).toEqual([[0, 0, 10, 20], [1, 1, 9, 19], 90, true]);
  expect(told(broken!)).toEqual(told(inherited!));
});

test('a unit has the size that is said, where that is one', () => {
  const sizes = ['', '/UserUnit 2', '/UserUnit 0', '/UserUnit -3', '/UserUnit (2)'].map(
    (entry) => read([page(3, `/Parent 2 0 R ${entry}`)])[0]!.userUnit,
  );
  expect(sizes).toEqual([1, 2, 1, 1, 1]);
});

test('what says no type is what it has', () => {
  const untyped: Objects = [
    [2, '<< /Kids [3 0 R] /Count 1 >>'],
    [3, '<< /Parent 2 0 R >>'],
  ];
  expect(read(untyped)).toHaveLength(1);
});

/** Nodes one below the other, and a page. */
const deep = (levels: number): Objects => [
  ...Array.from({ length: levels }, (_, at) =>
    node(at ? at + 9 : 2, `${at ? `/Parent ${at === 1 ? 2 : at + 8} 0 R` : ''} /Kids [${at + 10} 0 R] /Count 1`),
  ),
  page(levels + 9, `/Parent ${levels === 1 ? 2 : levels + 8} 0 R`),
];

test('a tree is as deep as may be, and no deeper', () => {
  expect(read(deep(65))).toHaveLength(1);
  expect(() => read(deep(66))).toThrow('The page tree is too deep');
});

test.each<[string, string, Objects]>([
  ['kids that are no list', 'The kids of a node of the page tree are no array', [page(3, '/Parent 2 0 R /Kids 5')]],
  ['a page that has kids', 'A node of the page tree is not what it says', [page(3, '/Parent 2 0 R /Kids []')]],
  ['a node without kids', 'A node of the page tree is not what it says', [node(3, '/Parent 2 0 R')]],
  ['another type', 'A node of the page tree is not what it says', [[3, '<< /Type /Pagina /Parent 2 0 R >>']]],
  ['a type that is no name', 'A node of the page tree is not what it says', [[3, '<< /Type 5 /Parent 2 0 R >>']]],
  [
    'a page that is no object of its own',
    'A page is not an object of its own',
    [node(2, '/Kids [<< /Type /Page /Parent 2 0 R >>] /Count 1')],
  ],
  ['a page that is not there', 'The page tree is broken', [node(2, '/Kids [9 0 R] /Count 1')]],
  ['a page that is no dictionary', 'The page tree is broken', [[3, '[]']]],
  ['a page that is there twice', 'The page tree is broken', [node(2, '/Kids [3 0 R 3 0 R] /Count 2'), page(3)]],
  ['a node within itself', 'The page tree is broken', [node(2, '/Kids [2 0 R] /Count 1 /Parent 2 0 R')]],
  ['a page of another node', 'A page is in another node than it says', [page(3, '/Parent 9 0 R')]],
  ['a page of no node', 'A page is in another node than it says', [page(3, '')]],
  ['more pages than are counted', 'The pages of a node are miscounted', [node(2, '/Kids [3 0 R] /Count 0'), page(3)]],
  ['fewer pages than are counted', 'The pages of a node are miscounted', [node(2, '/Kids [3 0 R] /Count 2'), page(3)]],
  ['pages that nobody counts', 'The pages of a node are miscounted', [node(2, '/Kids [3 0 R]'), page(3)]],
  [
    'pages that are miscounted below',
    'The pages of a node are miscounted',
    [node(2, '/Kids [3 0 R] /Count 1'), node(3, '/Parent 2 0 R /Kids [4 0 R] /Count 2'), page(4, '/Parent 3 0 R')],
  ],
  ['a root that is a page', 'A node of the page tree is not what it says', [[2, '<< /Type /Pages >>']]],
  ['a root that says no type and has no kids', 'The root of the page tree is a page', [[2, '<< /Count 1 >>']]],
  ['no tree', 'There is no page tree', [[1, '<< /Type /Catalog >>']]],
  [
    'a tree that is no object of its own',
    'There is no page tree',
    [[1, '<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> >>']],
  ],
])('readers see other pages where there is %s', (_what, message, objects) => {
  expect(() => read(objects)).toThrow(new Fault(message));
});
