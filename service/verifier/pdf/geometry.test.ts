import { expect, test } from 'vitest';
import {
  boxFromNumbers,
  intersect,
  isEmpty,
  multiply,
  overlap,
  transform,
  transformBox,
  viewOf,
  visibleBox,
} from './geometry.ts';
import type { Page } from './page-tree.ts';

const page = (entries: Partial<Page> = {}): Page => ({ userUnit: 1, ...entries }) as Page;

const box = (left: number, bottom: number, right: number, top: number) => ({ left, bottom, right, top });

test('two matrices do what each does, the inner one first', () => {
  const [inner, outer] = [
    [2, 3, 5, 7, 11, 13],
    [17, 19, 23, 29, 31, 37],
  ] as const;
  expect(transform(multiply(inner, outer), [1, 2])).toEqual(transform(outer, transform(inner, [1, 2])));
  expect(transform(inner, [1, 2])).toEqual([23, 30]);
});

test('a box that is turned has edges again', () => {
  expect(transformBox([0, 1, -1, 0, 5, 0], box(1, 2, 3, 7))).toEqual(box(-2, 1, 3, 3));
});

test('the numbers of a rectangle come in any order, and none are none', () => {
  expect(boxFromNumbers([3, 7, 1, 2])).toEqual(box(1, 2, 3, 7));
  expect(boxFromNumbers(undefined)).toBeUndefined();
});

test('boxes that only touch share nothing', () => {
  const one = box(0, 0, 10, 10);
  expect([box(9, 9, 20, 20), box(-5, -5, 1, 1)].map((other) => overlap(one, other))).toEqual([true, true]);
  const beside = [box(10, 0, 20, 10), box(-5, 0, 0, 10), box(0, 10, 10, 20), box(0, -5, 10, 0)];
  expect(beside.map((other) => overlap(one, other))).toEqual([false, false, false, false]);
  expect(beside.map((other) => isEmpty(intersect(one, other)))).toEqual([true, true, true, true]);
  expect(intersect(one, box(2, -3, 20, 4))).toEqual(box(2, 0, 10, 4));
  expect(isEmpty(box(0, 0, 1, 1))).toBe(false);
});

test('what is shown of a page is its crop box within its media box, as far as they are any', () => {
  const mediaBox = [0, 0, 100, 200];
  expect(visibleBox(page({ mediaBox }))).toEqual(box(0, 0, 100, 200));
  expect(visibleBox(page({ mediaBox, cropBox: [10, -5, 300, 50] }))).toEqual(box(10, 0, 100, 50));
  expect(visibleBox(page({ mediaBox, cropBox: [300, 300, 400, 400] }))).toEqual(box(0, 0, 100, 200));
  expect(visibleBox(page())).toEqual(box(0, 0, 612, 792));
  expect(visibleBox(page({ mediaBox: [5, 5, 5, 9] }))).toEqual(box(0, 0, 612, 792));
});

test.each([
  [0, 0, [1, 2], [11, 22]],
  [90, 90, [1, 2], [108, 21]],
  [180, 180, [1, 2], [109, 218]],
  [270, 270, [1, 2], [12, 219]],
  [-90, 270, [1, 2], [12, 219]],
  [450, 90, [1, 2], [108, 21]],
  [45, 0, [1, 2], [11, 22]],
] as const)(
  'a page that is turned by %d is shown by %d, and each point has its place in it',
  (rotate, shown, from, to) => {
    const view = viewOf(page({ mediaBox: [10, 20, 110, 220], rotate }));
    expect(view.rotation).toBe(shown);
    expect([view.width, view.height]).toEqual(shown % 180 ? [200, 100] : [100, 200]);
    expect(transform(view.toPage, from)).toEqual(to);
    const [x, y] = transform(view.toView, to);
    expect([x, y]).toEqual([expect.closeTo(from[0]), expect.closeTo(from[1])]);
  },
);

test('points are shown, whatever the unit of a page is', () => {
  const view = viewOf(page({ mediaBox: [10, 20, 110, 220], userUnit: 2, rotate: 90 }));
  expect([view.width, view.height]).toEqual([400, 200]);
  expect(transform(view.toPage, [2, 4])).toEqual([108, 21]);
  expect(transform(view.toView, [108, 21])).toEqual([expect.closeTo(2), expect.closeTo(4)]);
  const upright = viewOf(page({ mediaBox: [10, 20, 110, 220], userUnit: 2 }));
  expect(transform(upright.toPage, [2, 4])).toEqual([11, 22]);
  expect(transform(upright.toView, [11, 22])).toEqual([2, 4]);
});
