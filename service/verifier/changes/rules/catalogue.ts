import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { PdfName, PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import { trailerNumber } from '#changes/revision/references.ts';
import {
  compareEntries,
  dictsOf,
  differs,
  entryOf,
  objectName,
  targetOf,
  valuesOf,
  type Dicts,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';
import { compareSecurityStore } from './security-store.ts';
import { compareForm } from './form.ts';
import { noChanges, type FormChanges } from './form-changes.ts';

const tell = (review: Review, pair: Pair): void => {
  const object = objectName(review.after, targetOf(pair) ?? trailerNumber);
  review.explain({ kind: 'metadata', level: 'preserve', object, path: pair.path });
};

const isLeaf = (object: PdfObject | undefined): boolean =>
  object === undefined || object instanceof PdfString || object instanceof PdfName || object instanceof PdfNumber;

/** There are files whose /Info names the page tree: it has nothing to say there, and is judged elsewhere. */
const ofPages = new Set(['Kids', 'Count']);

/** Author, dates and the like (ISO 32000-2, 14.3.3): nothing of them is on any page. */
const compareInfo =
  (review: Review): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const dicts = dictsOf(review, pair);
    const odd = dicts?.new
      ?.entries()
      .find(([key, value]) => !isLeaf(value) && !sameObject(dicts.old?.get(key), value) && !ofPages.has(key));
    if (odd) review.refuse({ object: targetOf(pair), path: `${pair.path}/${odd[0]}`, detail: 'it is no plain value' });
    else tell(review, pair);
  };

const metadataKeys = new Set(['Type', 'Subtype', 'Length', 'Filter', 'DecodeParms']);

/** XMP (14.3.2): a stream that nothing but the catalogue refers to. */
const compareMetadata =
  (review: Review): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const { new: stream } = valuesOf(review, pair);
    const odd =
      stream !== undefined &&
      !(stream instanceof PdfStream && stream.dict.entries().every(([key, value]) => isPlain(key, value)));
    if (odd) review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no stream of metadata' });
    else tell(review, pair);
  };

const isPlain = (key: string, value: PdfObject): boolean => metadataKeys.has(key) && !(value instanceof PdfRef);

/** Direct dictionaries of plain values, however deep they are nested. */
const isPlainTree = (object: PdfObject | undefined): boolean => {
  if (object instanceof PdfDict) return object.entries().every(([, value]) => isPlainTree(value));
  if (object instanceof PdfArray) return object.members().every(isPlainTree);
  return isLeaf(object);
};

/** Which extensions of the standard the file uses (7.12). */
const compareExtensions =
  (review: Review): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const dicts = dictsOf(review, pair);
    if (isPlainTree(dicts?.new)) tell(review, pair);
    else review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no plain dictionary' });
  };

const compareVersion =
  (review: Review): Rule =>
  (pair) => {
    if (sameObject(pair.old, pair.new)) return;
    if (pair.new instanceof PdfName && /^[12]\.\d$/.test(pair.new.text)) tell(review, pair);
    else review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no version' });
  };

const compareIdentifiers =
  (review: Review): Rule =>
  (pair) => {
    const { new: id } = valuesOf(review, pair);
    const isGood = id === undefined || (id instanceof PdfArray && id.members().every((part) => isLeaf(part)));
    if (!isGood) review.refuse({ path: pair.path, detail: 'it is no identifier' });
  };

const numberOf = (object: PdfObject | undefined): number => (object instanceof PdfNumber ? object.value : 0);

/** Objects beyond the size are not there for some readers. */
const compareSize = (review: Review): void => {
  const { before, after, changed } = review;
  const size = numberOf(after.trailer.lookup('Size'));
  if (size < numberOf(before.trailer.lookup('Size')) || size <= Math.max(0, ...changed))
    review.refuse({ path: 'Size', detail: 'it is too small' });
};

/** Compares what is above all else, and goes on from there. @returns what was done to the form */
export const compareFromTrailer = (review: Review, first: boolean): FormChanges => {
  const trailers: Dicts = {
    path: '',
    holder: trailerNumber,
    old: review.before.trailer,
    new: review.after.trailer,
  };
  compareSize(review);
  // The rest is of how it is written (table 15, 7.5.8), or of nobody but its writer.
  compareIdentifiers(review)(entryOf(trailers, 'ID'));
  compareInfo(review)(entryOf(trailers, 'Info'));
  return compareCatalogue(review, entryOf(trailers, 'Root'), first);
};

const compareCatalogue = (review: Review, pair: Pair, first: boolean): FormChanges => {
  const empty = noChanges();
  if (!sameObject(pair.old, pair.new)) {
    review.refuse({ path: pair.path, detail: 'the document has another root' });
    return empty;
  }
  const dicts = dictsOf(review, pair);
  if (!dicts) return empty;
  // /Data of a signature's reference may name it (12.8.1): nothing is read by it.
  review.claim(review.after.catalogRef.number, { keys: ['Data'] });
  let form = empty;
  compareEntries(review, dicts, {
    Metadata: compareMetadata(review),
    Extensions: compareExtensions(review),
    Version: compareVersion(review),
    DSS: (own) => compareSecurityStore(review, own),
    AcroForm: (own) => {
      form = compareForm(review, own, first);
    },
  });
  return form;
};
