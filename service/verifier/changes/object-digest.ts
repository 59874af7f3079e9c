import { joinBytes, toHex } from '#bytes.ts';
import { Fault } from '#pdf/fault.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfBoolean, PdfName, PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import type { Page } from '#pdf/page-tree.ts';
import type { Cryptography } from '#ports/ports.ts';

/** Digest of an object by its value, whatever numbers and filters it is written with. */
export type DigestObject = (object: PdfObject | undefined) => string;

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

type Part = string | Uint8Array;

const encoder = new TextEncoder();

/** Of parts whose lengths are said before them, so that nothing can be moved from one to the next. */
const digestParts = (ports: Cryptography, parts: Part[]): string => {
  const lengths = `${parts.map((part) => part.length).join()};`;
  const bytes = [lengths, ...parts].map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  return toHex(ports.digest('sha256', joinBytes(bytes)));
};

/** Images are compared as they are compressed: nobody has to decode them for that. */
const contentsOf = (stream: PdfStream, digest: DigestObject): Part[] => {
  try {
    return ['decoded', decodeStream(stream)];
  } catch {
    return ['encoded', digest(stream.dict.get('Filter')), stream.contents];
  }
};

const leafOf = (object: PdfObject | undefined): string => {
  if (object instanceof PdfName) return `/${object.text}`;
  if (object instanceof PdfNumber) return `n${object.value}`;
  if (object instanceof PdfBoolean) return `b${object.value}`;
  if (object instanceof PdfString) return `s${toHex(object.bytes())}`;
  return 'null';
};

/** Digests of objects of one file. Pages that are referred to count by their place. */
export const createDigest = (pages: readonly Page[], ports: Cryptography): DigestObject => {
  const places = new Map(pages.map(({ ref }, place) => [ref, `page ${place}`]));
  const known = new Map<PdfRef, string>();
  const open = new Set<PdfRef>();
  const sha256 = (kind: string, parts: Part[]): string => digestParts(ports, [kind, ...parts]);

  const ofDict = (dict: PdfDict, without = new Set<string>()): string[] =>
    dict
      .entries()
      .filter(([key]) => !ignored.has(key) && !without.has(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([key, value]) => [key, digest(value)]);

  const ofValue = (object: PdfObject | undefined): string => {
    if (object instanceof PdfStream)
      return sha256('stream', [...ofDict(object.dict, encoding), ...contentsOf(object, digest)]);
    if (object instanceof PdfDict) return isPage(object) ? 'page' : sha256('dict', ofDict(object));
    if (object instanceof PdfArray) return sha256('array', object.members().map(digest));
    return leafOf(object);
  };

  const ofReference = (ref: PdfRef): string => {
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

  const lookUp = (ref: PdfRef): PdfObject | undefined => pages[0]?.dict.source.lookup(ref);
  const digest: DigestObject = (object) => (object instanceof PdfRef ? ofReference(object) : ofValue(object));
  return digest;
};

/** A page that is not in the tree any more, or a node of it. */
const isPage = (dict: PdfDict): boolean => ['Page', 'Pages'].includes(nameAt(dict, 'Type') ?? '');
