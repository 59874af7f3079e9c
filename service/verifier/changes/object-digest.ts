import { hash } from 'node:crypto';
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { decodeStream } from '#pdf/decode-stream.ts';
import { Fault } from '#pdf/fault.ts';
import type { Page } from '#pdf/page-tree.ts';
import { nameAt } from '#pdf/pdf-objects.ts';

/** Digest of an object by its value, whatever numbers and filters it is written with. */
export type DigestObject = (object: PDFObject | undefined) => string;

/** What leads up or away from an object, or says when somebody touched it, and is not shown. */
const ignored = new Set([
  'Parent',
  'StructParent',
  'StructParents',
  'Metadata',
  'PieceInfo',
  'LastModified',
  'P',
  'M',
  'NM',
]);
/** How a stream is written is not what it says. */
const encoding = new Set(['Length', 'Filter', 'DecodeParms', 'F', 'DP', 'DL']);
const deepest = 200;

const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const lengths = `${parts.map((part) => part.length).join()};`;
  return hash('sha256', Buffer.concat([lengths, ...parts].map((part) => Buffer.from(part))));
};

/** Images are compared as they are compressed: nobody has to decode them for that. */
const contentsOf = (stream: PDFRawStream, digest: DigestObject): (string | Uint8Array)[] => {
  try {
    return ['decoded', decodeStream(stream)];
  } catch {
    return ['encoded', digest(stream.dict.get(PDFName.of('Filter'))), stream.contents];
  }
};

const leafOf = (object: PDFObject | undefined): string => {
  if (object instanceof PDFName) return `/${object.decodeText()}`;
  if (object instanceof PDFNumber) return `n${object.asNumber()}`;
  if (object instanceof PDFBool) return `b${object.asBoolean()}`;
  if (object instanceof PDFString || object instanceof PDFHexString)
    return `s${Buffer.from(object.asBytes()).toString('hex')}`;
  return 'null';
};

/** Digests of objects of one file. Pages that are referred to count by their place. */
export const createDigest = (pages: readonly Page[]): DigestObject => {
  const places = new Map(pages.map(({ ref }, place) => [ref, `page ${place}`]));
  const known = new Map<PDFRef, string>();
  const open = new Set<PDFRef>();

  const ofDict = (dict: PDFDict, without = new Set<string>()): string[] =>
    dict
      .entries()
      .map(([key, value]): [string, PDFObject] => [key.decodeText(), value])
      .filter(([key]) => !ignored.has(key) && !without.has(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([key, value]) => [key, digest(value)]);

  const ofValue = (object: PDFObject | undefined): string => {
    if (object instanceof PDFRawStream)
      return sha256('stream', ...ofDict(object.dict, encoding), ...contentsOf(object, digest));
    if (object instanceof PDFDict) return isPage(object) ? 'page' : sha256('dict', ...ofDict(object));
    if (object instanceof PDFArray) return sha256('array', ...object.asArray().map((member) => digest(member)));
    return leafOf(object);
  };

  const ofReference = (ref: PDFRef): string => {
    const place = places.get(ref) ?? known.get(ref);
    if (place !== undefined) return place;
    if (open.has(ref)) return 'cycle';
    if (open.size > deepest) throw new Fault('Objects are nested too deep');
    open.add(ref);
    const found = ofValue(lookUp(ref));
    open.delete(ref);
    known.set(ref, found);
    return found;
  };

  const lookUp = (ref: PDFRef): PDFObject | undefined => pages[0]?.dict.context.lookup(ref);
  const digest: DigestObject = (object) => (object instanceof PDFRef ? ofReference(object) : ofValue(object));
  return digest;
};

/** A page that is not in the tree any more, or a node of it. */
const isPage = (dict: PDFDict): boolean => ['Page', 'Pages'].includes(nameAt(dict, 'Type') ?? '');
