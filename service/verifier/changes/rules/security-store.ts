import { PdfArray, PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { PdfName, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import {
  compareEntries,
  dictsOf,
  differs,
  objectName,
  targetOf,
  valuesOf,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';

const encodings = new Set(['Length', 'Filter', 'DecodeParms', 'Type']);

const isEncoded = (object: PdfObject | undefined): boolean =>
  object instanceof PdfStream &&
  object.dict.entries().every(([key, value]) => encodings.has(key) && !(value instanceof PdfRef));

/** An array of streams, each of a certificate, a revocation list or an answer. Ones that are not needed may go. */
const compareStreams =
  (review: Review): Rule =>
  (pair) => {
    const { new: list } = valuesOf(review, pair);
    const members = list instanceof PdfArray ? list.members() : undefined;
    if (list !== undefined && !members?.every((member) => isStreamToAdd(review, member)))
      review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no list of streams' });
  };

/** Claims it where it is new. */
const isStreamToAdd = ({ reach, after, claim }: Review, member: PdfObject): boolean => {
  if (!(member instanceof PdfRef) || !isEncoded(after.objects.lookup(member))) return false;
  if (!reach.has(member.number)) claim(member.number, {});
  return true;
};

const validationKey = /^[0-9A-F]{40}$/;

const plain =
  (review: Review): Rule =>
  (pair) => {
    const fits = pair.new === undefined || pair.new instanceof PdfString || pair.new instanceof PdfName;
    if (!fits) review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no plain value' });
  };

const compareStamp =
  (review: Review): Rule =>
  (pair) => {
    if (pair.new && !isStreamToAdd(review, pair.new))
      review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no stream' });
  };

/** What belongs to one signature: what is there stays, a new one is added. */
const compareValidation =
  (review: Review): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const dicts = dictsOf(review, pair);
    if (!dicts) return;
    const { refuse } = review;
    if (!validationKey.test(pair.key)) refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no digest' });
    const [streams, value] = [compareStreams(review), plain(review)];
    const rules = { Cert: streams, CRL: streams, OCSP: streams, TS: compareStamp(review), TU: value, Type: value };
    compareEntries(review, dicts, rules);
  };

const compareValidations =
  (review: Review): Rule =>
  (pair) => {
    const dicts = dictsOf(review, pair);
    const keys = [...(dicts?.old?.entries() ?? []), ...(dicts?.new?.entries() ?? [])].map(([key]) => key);
    const rule = compareValidation(review);
    if (dicts)
      compareEntries(
        review,
        dicts,
        Object.fromEntries(keys.map((key) => [key, key === 'Type' ? plain(review) : rule])),
      );
  };

/** Data for long-term validation (ISO 32000-2, 12.8.4.3): nothing of it is shown. */
export const compareSecurityStore = (review: Review, pair: Pair): void => {
  const dicts = dictsOf(review, pair);
  if (!dicts) return;
  const streams = compareStreams(review);
  compareEntries(review, dicts, {
    Type: plain(review),
    Certs: streams,
    CRLs: streams,
    OCSPs: streams,
    VRI: compareValidations(review),
  });
  const { old, new: now } = dicts;
  const isSame =
    sameObject(old, now) && ![...review.changed].some((number) => review.claimOf(number) && isIn(now, number));
  if (isSame) return;
  const object = objectName(review.after, targetOf(pair)!);
  review.explain({ kind: 'long-term-data', level: 'preserve', object, path: pair.path });
};

const isIn = (dict: PdfDict | undefined, number: number): boolean =>
  dict?.entries().some(([, value]) => value instanceof PdfRef && value.number === number) ?? false;
