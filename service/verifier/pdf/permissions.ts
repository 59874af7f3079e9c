import { arrayAt, dictAt, members, nameAt, numberAt } from './objects/entries.ts';
import { PdfDict } from './objects/containers.ts';
import { PdfString } from './objects/strings.ts';
import { readSignatureFields, type SignatureField } from './form.ts';
import type { PdfFile } from './pdf-file.ts';

/** Which fields must stay as they are (ISO 32000-2, 12.8.2.4). */
export interface FieldLock {
  action: 'All' | 'Include' | 'Exclude';
  /** Fully qualified names; those below one are meant as well. */
  fields: readonly string[];
}

/** What signatures say may be done after them. */
export interface Permissions {
  /** 1 no change, 2 filling in and signing, 3 annotations too (12.8.2.2); undefined where none says. */
  level: number | undefined;
  locks: readonly FieldLock[];
}

const none: Permissions = { level: undefined, locks: [] };

const strictest = (levels: (number | undefined)[]): number | undefined => {
  const found = levels.filter((level) => level !== undefined);
  return found.length ? Math.min(...found) : undefined;
};

const join = (all: readonly Permissions[]): Permissions => ({
  level: strictest(all.map(({ level }) => level)),
  locks: all.flatMap(({ locks }) => locks),
});

/** What is none of the three is not known to allow anything. */
const levelAt = (dict: PdfDict): number | undefined => {
  if (!dict.has('P')) return undefined;
  const level = numberAt(dict, 'P');
  return level === 2 || level === 3 ? level : 1;
};

const lockAt = (dict: PdfDict): FieldLock[] => {
  const action = nameAt(dict, 'Action');
  const fields = members(arrayAt(dict, 'Fields')).flatMap((name) => (name instanceof PdfString ? [name.text()] : []));
  if (action === 'Include' || action === 'Exclude') return [{ action, fields }];
  return action === undefined ? [] : [{ action: 'All', fields: [] }];
};

/** Of one entry of /Reference. Writers put the level into FieldMDP's parameters as well. */
const ofReference = (reference: PdfDict): Permissions => {
  const method = nameAt(reference, 'TransformMethod');
  const parameters = dictAt(reference, 'TransformParams');
  if (method === 'DocMDP') return { level: (parameters && levelAt(parameters)) ?? 2, locks: [] };
  if (method !== 'FieldMDP' || !parameters) return none;
  return { level: levelAt(parameters), locks: lockAt(parameters) };
};

const ofSignature = (signature: PdfDict): Permissions =>
  join(
    members(arrayAt(signature, 'Reference'))
      .filter((reference) => reference instanceof PdfDict)
      .map(ofReference),
  );

/** A signed field's /Lock holds by itself, whether the signature repeats it or not (12.7.5.5). */
const ofField = ({ dict, value }: SignatureField): Permissions => {
  const lock = dictAt(dict, 'Lock');
  if (!value) return none;
  return join([ofSignature(value), ...(lock ? [{ level: levelAt(lock), locks: lockAt(lock) }] : [])]);
};

/** What all signatures of a file together allow: the strictest word holds. */
export const readPermissions = (
  file: PdfFile,
  fields: readonly SignatureField[] = readSignatureFields(file),
): Permissions => {
  const certified = dictAt(file.catalog, 'Perms');
  const signature = certified && dictAt(certified, 'DocMDP');
  return join([...fields.map(ofField), ...(signature ? [ofSignature(signature)] : [])]);
};

const isNamed = ({ fields }: FieldLock, name: string): boolean =>
  fields.some((field) => name === field || name.startsWith(`${field}.`));

/** Whether a field must stay as it is. */
export const isFieldLocked = ({ locks }: Permissions, name: string): boolean =>
  locks.some((lock) => lock.action === 'All' || isNamed(lock, name) === (lock.action === 'Include'));
