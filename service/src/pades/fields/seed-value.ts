import { PdfArray, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, members, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';

const textOf = (value: PdfObject | undefined): string | undefined => {
  if (value instanceof PdfName) return value.text;
  return value instanceof PdfString ? value.text() : undefined;
};

const names = (seed: PdfDict, key: string): (string | undefined)[] => {
  const value = seed.lookup(key);
  return (value instanceof PdfArray ? members(value) : [value]).map(textOf);
};

const allows =
  (key: string, own: string) =>
  (seed: PdfDict): boolean =>
    names(seed, key).includes(own);
const never = (): boolean => false;

/** Constraints with the bit of /Ff that makes each binding, and whether a signature of ours meets it (table 237). */
const constraints: readonly [bit: number, key: string, isMet: (seed: PdfDict) => boolean][] = [
  [1, 'Filter', allows('Filter', 'Adobe.PPKLite')],
  [2, 'SubFilter', allows('SubFilter', 'ETSI.CAdES.detached')],
  [3, 'V', (seed) => (numberAt(seed, 'V') ?? 1) <= 3],
  // A reason would be given in somebody's name.
  [4, 'Reasons', (seed) => names(seed, 'Reasons').join('') === '.'],
  [5, 'LegalAttestation', never],
  [6, 'AddRevInfo', (seed) => seed.lookup('AddRevInfo')?.toString() !== 'true'],
  [7, 'DigestMethod', allows('DigestMethod', 'SHA256')],
  [8, 'LockDocument', (seed) => textOf(seed.lookup('LockDocument')) !== 'true'],
  [9, 'AppearanceFilter', never],
];

/** Whether a signature of ours is one that the field's author asks for (ISO 32000-2, 12.7.5.5). */
export const meetsSeedValue = (field: PdfDict): boolean => {
  const seed = dictAt(field, 'SV');
  if (!seed) return true;
  const flags = numberAt(seed, 'Ff') ?? 0;
  const broken = constraints.some(
    ([bit, key, isMet]) => (flags & (1 << (bit - 1))) !== 0 && seed.has(key) && !isMet(seed),
  );
  const [mdp, certificate, stamp] = ['MDP', 'Cert', 'TimeStamp'].map((key) => dictAt(seed, key));
  // It certifies where P is not 0, which is the author's to do; other certificates and authorities are not ours.
  const certifies = mdp !== undefined && (numberAt(mdp, 'P') ?? 0) !== 0;
  const isBound = [certificate, stamp].some((own) => own !== undefined && (numberAt(own, 'Ff') ?? 0) !== 0);
  return !broken && !certifies && !isBound;
};
