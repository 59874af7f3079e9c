import { Fault } from '#pdf/fault.ts';
import {
  areaOf,
  boxFromNumbers,
  identity,
  intersect,
  multiply,
  transformBox,
  visibleBox,
  type Box,
  type Matrix,
} from '#pdf/geometry.ts';
import type { PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, numbersAt } from '#pdf/objects/entries.ts';
import type { Page } from '#pdf/page-tree.ts';
import { contentOf, decodeWithin, Unsure } from './content-budget.ts';
import { noLetters, type Glyph, type Letters, type Scene } from './drawing.ts';
import { initialState } from './graphics-state.ts';
import { noteContent } from './interpreter.ts';
import { matrixOf } from './operands.ts';

const newScene = (resources: Scene['resources'], onPaper: boolean): Scene & { letters: Letters } => ({
  resources,
  boxes: [],
  letters: noLetters(onPaper),
  budget: { operations: 0, bytes: 0 },
  depth: 0,
});

const orUndefined = <Found>(find: () => Found): Found | undefined => {
  try {
    return find();
  } catch (error) {
    if (error instanceof Unsure || error instanceof Fault) return undefined;
    throw error;
  }
};

/** Where letters are seen on a page, in its own units; undefined where that cannot be told. */
export const lettersOn = (page: Page): Box[] | undefined =>
  orUndefined(() => {
    const scene = newScene(page.resources, true);
    noteContent(contentOf(page.dict, scene.budget), scene, initialState(identity, visibleBox(page)));
    return scene.letters.boxes;
  });

/** All glyphs of a page in the order in which they are shown; undefined where that cannot be told. */
export const glyphsOn = (page: Page): Glyph[] | undefined =>
  orUndefined(() => {
    const scene = newScene(page.resources, true);
    const glyphs: Glyph[] = [];
    scene.letters.glyphs = glyphs;
    noteContent(contentOf(page.dict, scene.budget), scene, initialState(identity, visibleBox(page)));
    return glyphs;
  });

/** What lies over more of a letter hides it. */
const mostOfLetter = 0.5;

/** How often boxes lie over a letter, as a whole or in part. */
export const layersOver = (letter: Box, boxes: readonly Box[]): number =>
  boxes.reduce((sum, box) => sum + areaOf(intersect(letter, box)), 0) / areaOf(letter);

/** Whether these boxes hide a letter. */
export const isUnder = (letter: Box, boxes: readonly Box[]): boolean => layersOver(letter, boxes) > mostOfLetter;

/** From a form's own space into a rectangle (12.5.5). */
const intoPlace = (form: PdfStream, box: Box, place: Box): Matrix => {
  const matrix = matrixOf(numbersAt(form.dict, 'Matrix', 6) ?? []);
  const from = transformBox(matrix, box);
  const [x, y] = [
    (place.right - place.left) / (from.right - from.left),
    (place.top - place.bottom) / (from.top - from.bottom),
  ];
  return multiply(matrix, [x, 0, 0, y, place.left - from.left * x, place.bottom - from.bottom * y]);
};

/** What a form XObject draws over a page where it is laid into a place; undefined where that cannot be told. */
export const coveredBy = (form: PdfStream, place: Box): { boxes: Box[]; letters: Letters } | undefined =>
  orUndefined(() => {
    const scene = newScene(dictAt(form.dict, 'Resources'), false);
    const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
    if (!box) throw new Unsure('A form without bounds');
    const matrix = intoPlace(form, box, place);
    if (!matrix.every(Number.isFinite)) throw new Unsure('A form without extent');
    const content = decodeWithin(scene.budget, form);
    noteContent(content, scene, initialState(matrix, transformBox(matrix, box)));
    return { boxes: scene.boxes, letters: scene.letters };
  });
