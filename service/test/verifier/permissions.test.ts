import { expect, test } from 'vitest';
import { isFieldLocked, readPermissions, type FieldLock } from '@tu-esign/verifier/pdf/permissions.ts';
import { open } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';

/** What signatures let happen after them: the strictest word of all holds. */

const sign = (references: string): string => `<< /Type /Sig /Reference [${references}] >>`;
const certified = (parameters: string): string =>
  `<< /TransformMethod /DocMDP ${parameters && `/TransformParams << ${parameters} >>`} >>`;
const locking = (parameters: string): string => `<< /TransformMethod /FieldMDP /TransformParams << ${parameters} >> >>`;

/** A document with fields of these entries, and more in its catalogue. */
const read = (fields: readonly string[], catalogue = '') => {
  const names = fields.map((_, at) => `${10 + at} 0 R`);
  return readPermissions(
    open(
      withTable([
        [1, `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${names.join(' ')}] >> ${catalogue} >>`],
        ...fields.map((entries, at): [number, string] => [10 + at, `<< /FT /Sig /T (f${at}) ${entries} >>`]),
      ]),
    ),
  );
};
const levelOf = (...references: string[]): number | undefined =>
  read(references.map((each) => `/V ${sign(each)}`)).level;

test('a level is one of three, and the least that anybody says', () => {
  expect([1, 2, 3].map((level) => levelOf(certified(`/P ${level}`)))).toEqual([1, 2, 3]);
  expect(levelOf(certified('/P 3'), certified('/P 2'))).toBe(2);
  expect(levelOf(certified('/P 2'), certified('/P 3'))).toBe(2);
  expect(levelOf(`${certified('/P 3')} ${certified('/P 1')}`)).toBe(1);
  expect(levelOf(certified('/P 3'), '')).toBe(3);
  // What is none of them allows nothing, and 2 is what is meant where nothing is said.
  expect(['/P 4', '/P 0', '/P /x', '/P 2.5'].map((level) => levelOf(certified(level)))).toEqual([1, 1, 1, 1]);
  expect([levelOf(certified('/Other 1')), levelOf(certified(''))]).toEqual([2, 2]);
});

test('who says nothing of it sets no level', () => {
  expect(read([])).toEqual({ level: undefined, locks: [] });
  expect(read([`/V ${sign('')}`])).toEqual({ level: undefined, locks: [] });
  expect(read(['/V << /Type /Sig >>'])).toEqual({ level: undefined, locks: [] });
  expect(levelOf('<< /TransformMethod /UR3 /TransformParams << /P 1 /Action /All >> >>')).toBeUndefined();
  expect(levelOf('<< /TransformMethod /FieldMDP >>')).toBeUndefined();
  expect(read([`/V ${sign('1 /x null')}`])).toEqual({ level: undefined, locks: [] });
});

test('who certifies a document is named in its catalogue, too', () => {
  const perms = (entry: string): string => `/Perms << ${entry} ${sign(certified('/P 1'))} >>`;
  expect(read([], perms('/DocMDP')).level).toBe(1);
  expect(read([`/V ${sign(certified('/P 3'))}`], perms('/DocMDP')).level).toBe(1);
  expect(read([], perms('/UR3')).level).toBeUndefined();
});

const all: FieldLock = { action: 'All', fields: [] };

test('fields are locked by a signature, and by the field that is signed', () => {
  const some = '/Action /Include /Fields [(a) (b.c)]';
  const locks: FieldLock[] = [{ action: 'Include', fields: ['a', 'b.c'] }];
  expect(read([`/V ${sign(locking(some))}`])).toEqual({ level: undefined, locks });
  expect(read([`/V ${sign('')} /Lock << ${some} >>`])).toEqual({ level: undefined, locks });
  expect(read([`/Lock << ${some} /P 1 >>`])).toEqual({ level: undefined, locks: [] });
  expect(read([`/V ${sign('')} /Lock << ${some} /P 1 >>`])).toEqual({ level: 1, locks });
  expect(read([`/V ${sign(locking(`${some} /P 3`))} /Lock << /Action /Exclude /Fields [(a) /b 1] >>`])).toEqual({
    level: 3,
    locks: [...locks, { action: 'Exclude', fields: ['a'] }],
  });
  expect(read([`/V ${sign(locking('/Action /All /Fields [(a)]'))}`]).locks).toEqual([all]);
  expect(read([`/V ${sign(locking('/Action /Odd'))}`]).locks).toEqual([all]);
  expect(read([`/V ${sign(locking('/Fields [(a)]'))}`]).locks).toEqual([]);
});

const isLocked = (lock: FieldLock, name: string): boolean => isFieldLocked({ level: undefined, locks: [lock] }, name);

test('a lock is of the fields that it names, and of those below', () => {
  const [include, exclude] = (['Include', 'Exclude'] as const).map((action) => ({ action, fields: ['a', 'b.c'] }));
  for (const name of ['a', 'a.x', 'b.c', 'b.c.x']) {
    expect([name, isLocked(include!, name), isLocked(exclude!, name)]).toEqual([name, true, false]);
    expect(isLocked(all, name)).toBe(true);
  }
  for (const name of ['ab', 'b', 'x.a', 'b.x', 'x.a.'])
    expect([name, isLocked(include!, name), isLocked(exclude!, name)]).toEqual([name, false, true]);
  expect(isFieldLocked({ level: 1, locks: [] }, 'a')).toBe(false);
  expect(isFieldLocked({ level: 1, locks: [include!, exclude!] }, 'x')).toBe(true);
});
