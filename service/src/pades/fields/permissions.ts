import { readPermission, type SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** What earlier signatures allow of one more (ISO 32000-2, 12.8.2). */
export interface Permissions {
  /** No change at all; the name of the field whose signature says so, where it is not the document's certification. */
  forbidden: { by: string | undefined } | undefined;
  /** Fields may be filled in and signed, and nothing may be seen that was not there. */
  certified: boolean;
  /** Whether a field that is not there yet may be signed. */
  newField: boolean;
  /** Whether a field that is there may be filled. */
  mayFill: (name: string) => boolean;
}

/** Of one signature: the lowest permission that it leaves, and the fields that it locks. */
interface Restriction {
  field: string;
  permission: number | undefined;
  locks: { action: string; names: readonly string[] }[];
}

const parametersOf = (signature: PdfDict, method: string): PdfDict[] =>
  members(arrayAt(signature, 'Reference')).flatMap((reference) => {
    if (!(reference instanceof PdfDict) || nameAt(reference, 'TransformMethod') !== method) return [];
    return [dictAt(reference, 'TransformParams') ?? new PdfDict(reference.source)];
  });

const textsAt = (dict: PdfDict, key: string): string[] =>
  members(arrayAt(dict, key)).flatMap((value) => (value instanceof PdfString ? [value.text()] : []));

const least = (numbers: (number | undefined)[]): number | undefined => {
  const known = numbers.filter((number) => number !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

const restrictionOf = ({ name, dict, value }: SignatureField): Restriction => {
  const certifies = parametersOf(value!, 'DocMDP').map((parameters) => numberAt(parameters, 'P') ?? 2);
  const lock = dictAt(dict, 'Lock');
  const locking = [...parametersOf(value!, 'FieldMDP'), ...(lock ? [lock] : [])];
  return {
    field: name,
    permission: least([...certifies, ...locking.map((parameters) => numberAt(parameters, 'P'))]),
    locks: locking.map((parameters) => ({
      action: nameAt(parameters, 'Action') ?? '',
      names: textsAt(parameters, 'Fields'),
    })),
  };
};

/** A name stands for all fields below it as well. */
const isNamed = (names: readonly string[], field: string): boolean =>
  names.some((name) => field === name || field.startsWith(`${name}.`));

const isLockedBy = ({ action, names }: Restriction['locks'][number], field: string): boolean => {
  if (action === 'All') return true;
  return action === 'Include' ? isNamed(names, field) : action === 'Exclude' && !isNamed(names, field);
};

export const readPermissions = (file: PdfFile, fields: readonly SignatureField[]): Permissions => {
  const restrictions = fields.filter(({ value }) => value !== undefined).map(restrictionOf);
  const locks = restrictions.flatMap((restriction) => restriction.locks);
  const certification = readPermission(file);
  const forbidding = restrictions.find(({ permission }) => permission === 1);
  const isForbidden = certification === 1 || forbidding !== undefined;
  return {
    forbidden: isForbidden ? { by: certification === 1 ? undefined : forbidding?.field } : undefined,
    certified: least([certification, ...restrictions.map(({ permission }) => permission)]) !== undefined,
    newField: !locks.some(({ action }) => action === 'All' || action === 'Exclude'),
    mayFill: (name) => !locks.some((lock) => isLockedBy(lock, name)),
  };
};
