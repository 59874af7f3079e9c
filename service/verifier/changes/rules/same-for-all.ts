import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { members, nameAt } from '#pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';

/** Appearances are of a few objects; some share the fonts of their document. */
const mostObjects = 20_000;

/** What lies here is of nobody who draws, or leads up. */
const ofNobody = new Set(['Parent', 'P', 'Metadata', 'PieceInfo', 'FontFile', 'FontFile2', 'FontFile3', 'ToUnicode']);

/** A function (ISO 32000-2, 7.10), or one for each colour. */
const isFunction = (value: PdfObject | undefined): boolean => {
  if (value instanceof PdfArray) return members(value).some(isFunction);
  const dict = value instanceof PdfStream ? value.dict : value;
  return dict instanceof PdfDict && dict.has('FunctionType');
};

/** Printers turn colours into others by it, viewers do not (10.5); a mask's own is another thing. */
const transfers = (dict: PdfDict): boolean =>
  !dict.has('G') && ['TR', 'TR2', 'TransferFunction'].some((key) => isFunction(dict.lookup(key)));

const oddOf = (dict: PdfDict): string | undefined => {
  if (dict.has('OC') || ['OCG', 'OCMD'].includes(nameAt(dict, 'Type') ?? '')) return 'it is of a layer';
  if (nameAt(dict, 'Subtype') === 'PS' || nameAt(dict, 'Subtype2') === 'PS') return 'it is a program for printers';
  return transfers(dict) ? 'printers turn its colours into others' : undefined;
};

const partsOf = (object: PdfObject): readonly PdfObject[] => {
  if (object instanceof PdfArray) return object.members();
  if (object instanceof PdfStream) return [object.dict];
  if (!(object instanceof PdfDict)) return [];
  return object.entries().flatMap(([key, value]) => (ofNobody.has(key) ? [] : [value]));
};

/** Why a form XObject is not drawn alike for all: by itself, or by what it refers to, be that new or not. */
export const shownToSome = (form: PdfStream): string | undefined => {
  const { source } = form.dict;
  const seen = new Set<PdfObject>();
  const queue: PdfObject[] = [form];
  for (let at = 0; at < queue.length; at += 1) {
    const object = queue[at]!;
    const odd = object instanceof PdfDict ? oddOf(object) : undefined;
    if (odd) return odd;
    if (at > mostObjects) return 'it is made of too many parts';
    for (const part of partsOf(object)) {
      const found = part instanceof PdfRef ? source.lookup(part) : part;
      if (!found || seen.has(found)) continue;
      seen.add(found);
      queue.push(found);
    }
  }
  return undefined;
};
