import { boxFromNumbers, isEmpty } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, nameAt, numberAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { textOfAppearance } from './appearance-text.ts';
import { drawnAlone, paints, paintsAnywhere } from './draws.ts';
import { inherited, isWidget, normalAppearance, visibility, type Annotation } from './widgets.ts';

/** Annotations that poppler, MuPDF and pdf.js do not draw alike: what each makes up, leaves out, or puts elsewhere. */

/** Without these some take an annotation for none, appearance or not. */
const needed: Readonly<Record<string, string>> = {
  Highlight: 'QuadPoints',
  Underline: 'QuadPoints',
  StrikeOut: 'QuadPoints',
  Squiggly: 'QuadPoints',
  Polygon: 'Vertices',
  PolyLine: 'Vertices',
  FileAttachment: 'FS',
};

/** An appearance of these is drawn by some, and by others not. */
const windows = new Set(['Link', 'Popup']);

/** Those that all draw alike by themselves, where their entries are as they should be: they say nothing. */
const marks = new Set(['Highlight', 'Underline', 'StrikeOut', 'Squiggly']);
const shapes = new Set(['Square', 'Circle']);

/** A link's frame is drawn on paper and by some viewers; a wider one covers what is around it. */
const widestFrame = 3;

const quadPoints = (dict: PdfDict): number => arrayAt(dict, 'QuadPoints')?.length ?? 0;

const lacks = (dict: PdfDict, kind: string): boolean => {
  const key = needed[kind];
  if (key === undefined) return false;
  return key === 'QuadPoints' ? quadPoints(dict) === 0 || quadPoints(dict) % 8 !== 0 : !dict.has(key);
};

/** Flags that are no whole number of 32 bits are read as others, or as none. */
const hasOddFlags = ({ dict }: Annotation): boolean => {
  const flags = numberAt(dict, 'F') ?? 0;
  return !Number.isInteger(flags) || flags < 0 || flags > 0x7fffffff;
};

const boxAt = (dict: PdfDict, key: string) => boxFromNumbers(numbersAt(dict, key, 4));

/** Where one of its states is to be drawn, and it does not say which: some take the only one, or what its value says. */
const isStateless = ({ dict }: Annotation): boolean => {
  const normal = dictAt(dict, 'AP')?.lookup('N');
  if (!(normal instanceof PdfDict) || nameAt(dict, 'AS') !== undefined) return false;
  return normal.entries().some(([, state]) => {
    const form = dict.source.lookup(state);
    return form instanceof PdfStream && paints(form);
  });
};

/** Whether an appearance's place is one for each viewer: without a box of its own it is drawn whole, or not at all. */
const isPlacedUnlike = ({ dict }: Annotation, appearance: PdfStream): boolean => {
  const box = boxAt(dict, 'Rect');
  if (box && isEmpty(box)) return false;
  const own = boxAt(appearance.dict, 'BBox');
  return box === undefined || own === undefined || isEmpty(own);
};

const isOfNoField = (annotation: Annotation): boolean =>
  isWidget(annotation) && (!inherited(annotation.dict, 'FT') || !inherited(annotation.dict, 'T'));

/** Poppler draws a highlight in a way of its own, over the words that its appearance says, too. */
const saysWords = (appearance: PdfStream): boolean => (textOfAppearance(appearance, undefined) ?? '') !== '';

const isAppearanceUnlike = (annotation: Annotation, appearance: PdfStream): boolean => {
  const kind = nameAt(annotation.dict, 'Subtype') ?? '';
  if (!paintsAnywhere(appearance)) return kind === 'Highlight' && quadPoints(annotation.dict) > 0;
  if (kind === '' || windows.has(kind) || lacks(annotation.dict, kind) || isOfNoField(annotation)) return true;
  return isPlacedUnlike(annotation, appearance) || (kind === 'Highlight' && saysWords(appearance));
};

const isColour = (dict: PdfDict, key: string): boolean => [1, 3, 4].includes(arrayAt(dict, key)?.length ?? 0);

/** A shape within its rectangle, whose frame is no wider than a pen. */
const isPlainShape = (dict: PdfDict): boolean => {
  const [style, box] = [dictAt(dict, 'BS'), boxAt(dict, 'Rect')];
  const width = (style && numberAt(style, 'W')) ?? 1;
  return box !== undefined && isColour(dict, 'C') && width >= 0 && width <= widestFrame && !dict.has('Border');
};

const isDrawnAlike = (dict: PdfDict, kind: string): boolean => {
  if (dict.has('AP')) return false;
  return marks.has(kind)
    ? !lacks(dict, kind) && boxAt(dict, 'Rect') !== undefined
    : shapes.has(kind) && isPlainShape(dict);
};

const frameWidth = (dict: PdfDict): number => {
  const style = dictAt(dict, 'BS');
  const border = arrayAt(dict, 'Border');
  const widths = [style && numberAt(style, 'W'), border && numbersAt(dict, 'Border', border.length)?.[2]];
  return Math.max(...widths.map((width) => width ?? 0));
};

/** Their points are anywhere, whatever their rectangle is. */
const ofPoints = new Set(['Line', 'Ink', 'Polygon', 'PolyLine']);

const isWithoutSize = (dict: PdfDict, kind: string): boolean => {
  const box = boxAt(dict, 'Rect');
  return box !== undefined && isEmpty(box) && !ofPoints.has(kind);
};

/** What has no appearance, and is drawn by each as it likes. Fields are told of by their values. */
const isMadeUp = ({ dict }: Annotation): boolean => {
  const kind = nameAt(dict, 'Subtype') ?? '';
  if (kind === 'Link') return frameWidth(dict) > widestFrame;
  return drawnAlone.has(kind) && !isWithoutSize(dict, kind) && !isDrawnAlike(dict, kind);
};

/** Whether it is seen anywhere, and not everywhere as the same. */
export const isDrawnUnlike = (annotation: Annotation): boolean => {
  if (hasOddFlags(annotation)) return true;
  const { shown, printed } = visibility(annotation);
  if (!shown && !printed) return false;
  const appearance = normalAppearance(annotation.dict);
  if (appearance && isAppearanceUnlike(annotation, appearance)) return true;
  return isStateless(annotation) || (!appearance && isMadeUp(annotation));
};
